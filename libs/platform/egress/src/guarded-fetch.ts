import { Agent, request } from 'undici';
import { AppError } from '@modelyard/platform-errors';
import { boundedBody, tooLarge } from './bounded-body';
import { guardedConnector } from './guarded-connector';
import type { Resolver } from './guarded-connector';
import { hostAndPort, parseSourceUrl } from './source-url';
import type { EgressRules } from './source-url';

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const MAX_REDIRECTS = 5;
const CONNECT_MS = 10_000;

export interface GuardedFetchOptions extends EgressRules {
  headers?: Record<string, string>;
  /** The most bytes of body that are taken. */
  maxBytes: number;
  /** For connecting; default 10,000, or `idleMs` where that is less. */
  connectMs?: number;
  /** For the answer's head, and between two pieces of its body; default 30,000. */
  idleMs?: number;
  /** For all of it; default: no limit. */
  totalMs?: number;
  signal?: AbortSignal;
  resolver?: Resolver;
}

export interface GuardedResponse {
  status: number;
  /** After redirects. */
  url: string;
  /** By lower-case name; of repeated ones the first. */
  headers: Record<string, string>;
  /**
   * Read it to its end or `close` the response. Throws AppError as `guardedFetch` does.
   */
  body: AsyncIterable<Uint8Array>;
  /** Lets go of the connection. */
  close(): void;
}

/**
 * GETs a URL that came from outside, from the public internet only. Redirects are followed (five at most) and checked as
 * the first URL was. Answers of every status are handed out; only redirects are not.
 *
 * @throws AppError VALIDATION_FAILED for what may not be fetched; BODY_TOO_LARGE; DEADLINE_EXCEEDED;
 *   DEPENDENCY_UNAVAILABLE when the server cannot be reached or breaks off; the signal's reason when that aborts
 */
export async function guardedFetch(text: string, options: GuardedFetchOptions): Promise<GuardedResponse> {
  const idleMs = options.idleMs ?? 30_000;
  const agent = new Agent({
    connect: guardedConnector(options, {
      timeoutMs: options.connectMs ?? Math.min(idleMs, CONNECT_MS),
      ...(options.resolver === undefined ? {} : { resolver: options.resolver }),
    }),
    headersTimeout: idleMs,
    bodyTimeout: idleMs,
    pipelining: 0,
  });
  const deadline = new AbortController();
  const timer =
    options.totalMs === undefined ? undefined : setTimeout(() => deadline.abort(LATE), options.totalMs);
  const signal =
    options.signal === undefined ? deadline.signal : AbortSignal.any([options.signal, deadline.signal]);
  const close = (): void => {
    clearTimeout(timer);
    void agent.destroy().catch(() => undefined);
  };
  try {
    return await follow(parseSourceUrl(text, options), { agent, signal, close, options });
  } catch (error) {
    close();
    throw explain(error, signal);
  }
}

interface Call {
  agent: Agent;
  signal: AbortSignal;
  close: () => void;
  options: GuardedFetchOptions;
}

async function follow(first: URL, { agent, signal, close, options }: Call): Promise<GuardedResponse> {
  let url = first;
  for (let redirects = 0; ; redirects++) {
    const answer = await request(url.href, {
      dispatcher: agent,
      signal,
      // Bytes as they lie there: offsets and hashes are of the file itself.
      headers: { 'accept-encoding': 'identity', 'user-agent': 'modelyard', ...options.headers },
    });
    const headers = firstOfEach(answer.headers);
    const location = headers['location'];
    if (!REDIRECTS.has(answer.statusCode) || location === undefined) {
      const length = Number(headers['content-length'] ?? 0);
      if (length > options.maxBytes) throw tooLarge(options.maxBytes);
      const body = guardedBody(answer.body, { agent, signal, close, options });
      return { status: answer.statusCode, url: url.href, headers, body, close };
    }
    await answer.body.dump();
    if (redirects === MAX_REDIRECTS) {
      throw new AppError(
        'VALIDATION_FAILED',
        `${hostAndPort(first)} redirects more than ${MAX_REDIRECTS} times.`,
      );
    }
    const next = URL.parse(location, url.href);
    if (next === null) throw new AppError('VALIDATION_FAILED', `${hostAndPort(url)} redirects to no URL.`);
    url = parseSourceUrl(next.href, options);
  }
}

async function* guardedBody(
  body: AsyncIterable<Uint8Array>,
  { signal, close, options }: Call,
): AsyncGenerator<Uint8Array> {
  try {
    yield* boundedBody(body, options.maxBytes);
  } catch (error) {
    throw explain(error, signal);
  } finally {
    close();
  }
}

const LATE = new AppError('DEADLINE_EXCEEDED', 'The file did not come in the time that it may take.');

function explain(error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  if (error instanceof AppError) return error;
  const { code = '' } = error as { code?: string };
  if (code.startsWith('UND_ERR_') && code.endsWith('TIMEOUT')) {
    return new AppError('DEADLINE_EXCEEDED', 'The server went silent.', { cause: error });
  }
  return new AppError('DEPENDENCY_UNAVAILABLE', `The file cannot be fetched now: ${reasonOf(error)}`, {
    cause: error,
  });
}

/** An error of several addresses, each of which was tried, says nothing itself. */
function reasonOf(error: unknown): string {
  const { errors, message } = error as { errors?: unknown[]; message?: string };
  if (Array.isArray(errors) && errors.length > 0) return [...new Set(errors.map(reasonOf))].join(', ');
  return message || String(error);
}

function firstOfEach(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, (Array.isArray(value) ? value[0] : value) ?? '']),
  );
}
