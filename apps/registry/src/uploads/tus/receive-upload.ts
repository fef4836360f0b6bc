import type { Caller, Upload } from '@modelyard/contracts';
import { AppError } from '@modelyard/platform-errors';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AppendToUpload } from '../append-to-upload';
import { CreateUpload } from '../create-upload';
import { UploadRepository } from '../upload.repository';
import { readBytes, TUS_CONTENT } from './tus-headers';
import { UploadChecksum } from './upload-checksum';
import { readFileName } from './upload-metadata';

/** Reads tus's requests: headers, and content as it streams. */
@Injectable()
export class ReceiveUpload {
  constructor(
    private readonly createUpload: CreateUpload,
    private readonly appendToUpload: AppendToUpload,
    private readonly uploads: UploadRepository,
  ) {}

  /** @param created called before content is read that came along */
  async create(
    request: FastifyRequest,
    caller: Caller,
    created: (upload: Upload) => void,
  ): Promise<Upload | 'mismatch'> {
    const header = (name: string): string | undefined => headerOf(request, name);
    if (header('upload-defer-length') !== undefined) {
      const message = 'is not supported: say Upload-Length from the beginning';
      throw new AppError('VALIDATION_FAILED', `Upload-Defer-Length ${message}`, {
        fields: [{ path: 'Upload-Defer-Length', message }],
      });
    }
    const metadata = header('upload-metadata') ?? '';
    const name = readFileName(metadata);
    const size = readBytes('Upload-Length', header('upload-length'));
    const hasContent = bringsContent(request);
    if (hasContent) requireContentType(request);
    const { metadata: _metadata, ...upload } = await this.createUpload.execute(
      { name, size, metadata },
      caller,
    );
    created(upload);
    return hasContent ? this.append(request, upload.id, '0') : upload;
  }

  async append(
    request: FastifyRequest,
    id: string,
    offset: string | undefined,
  ): Promise<Upload | 'mismatch'> {
    requireContentType(request);
    const at = readBytes('Upload-Offset', offset);
    const checksum = UploadChecksum.read(headerOf(request, 'upload-checksum'));
    const outcome = await this.appendToUpload.execute(id, {
      at,
      // Whoever is refused in the middle of the content should read why: the connection stays.
      content: request.raw.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>,
      ...(checksum === undefined ? {} : { checksum }),
    });
    if (outcome === 'mismatch') return outcome;
    const { metadata: _metadata, ...upload } = await this.uploads.require(id);
    return upload;
  }
}

function headerOf(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

function bringsContent({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function requireContentType(request: FastifyRequest): void {
  const [type = ''] = (headerOf(request, 'content-type') ?? '').split(';');
  if (type.trim().toLowerCase() === TUS_CONTENT) return;
  throw new AppError(
    'UNSUPPORTED_MEDIA_TYPE',
    `Send the content as ${TUS_CONTENT}, and say so in Content-Type.`,
  );
}
