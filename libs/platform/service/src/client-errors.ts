import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { PROBLEM_MEDIA_TYPE } from '@modelyard/platform-errors';
import type { Problem } from '@modelyard/contracts';

/** Node's codes for what is no HTTP request, and what to say of it. */
const ANSWERS: Record<string, { status: number; code: Problem['code']; detail: string }> = {
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    code: 'DEADLINE_EXCEEDED',
    detail: 'The request took too long to come in.',
  },
  HPE_HEADER_OVERFLOW: {
    status: 431,
    code: 'VALIDATION_FAILED',
    detail: 'The headers are larger than 16 KiB.',
  },
};
const BROKEN = { status: 400, code: 'MALFORMED_BODY', detail: 'This is no valid HTTP request.' } as const;

/** Answers what cannot be read as a request at all: no route, no hook and no filter ever sees it. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const { status, code, detail } = ANSWERS[error.code ?? ''] ?? BROKEN;
  const title = STATUS_CODES[status] ?? '';
  const body = JSON.stringify({ type: 'about:blank', title, status, code, detail });
  if (socket.writable) {
    socket.write(
      `HTTP/1.1 ${status} ${title}\r\ncontent-type: ${PROBLEM_MEDIA_TYPE}\r\n` +
        `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
    );
  }
  socket.destroy(error);
}
