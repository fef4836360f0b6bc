import type { Caller } from '@modelyard/contracts';
import { CallerTokens } from '@modelyard/platform-access';
import { discardRest } from '@modelyard/platform-service';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Dispatcher } from 'undici';
import { GatewayConfig } from '../gateway.config';
import { requestHeaders } from '../headers/request-headers';
import { responseHeaders } from '../headers/response-headers';
import { countedBody } from '../limits/body-limit';
import type { RouteLimits } from '../limits/route-limits';
import { isEventStream, OpenStreams } from './open-streams';
import { pour } from './pour';
import { isBrokenConnection, toUpstreamError } from './upstream-error';
import type { Upstream } from './upstreams';

/** What goes on to a service, and how. */
export interface Passage {
  upstream: Upstream;
  caller: Caller;
  limits: RouteLimits;
  /** Awaited when the service has answered with `status`, before the client hears of it. Must not reject. */
  answered?(status: number): Promise<void>;
}

/**
 * Passes one request on to a service and its answer back, both as they come: nothing is parsed or kept. A client that
 * goes away takes the request to the service with it.
 */
@Injectable()
export class Forward {
  constructor(
    private readonly tokens: CallerTokens,
    private readonly streams: OpenStreams,
    private readonly config: GatewayConfig,
  ) {}

  /** @throws AppError when the service could not be asked; nothing was answered then */
  async execute(request: FastifyRequest, reply: FastifyReply, passage: Passage): Promise<void> {
    const { upstream } = passage;
    const gone = new AbortController();
    const { raw } = reply;
    raw.once('close', () => {
      if (!raw.writableFinished) gone.abort();
    });

    const answer = await this.ask(request, passage, gone.signal);
    if (answer !== undefined) await passage.answered?.(answer.statusCode);
    reply.hijack();
    if (answer === undefined) {
      raw.destroy();
      return;
    }
    raw.writeHead(answer.statusCode, responseHeaders(answer.headers, reply.getHeaders()));
    if (isEventStream(answer.headers['content-type'])) {
      this.streams.add(raw);
      // It may be silent for long, and its client should know that it is open. Elsewhere the headers go out with the
      // first of the body: one packet instead of two.
      raw.flushHeaders();
    }
    try {
      await pour(answer.body, raw);
    } catch (error) {
      if (!gone.signal.aborted) request.log.warn({ err: error, upstream: upstream.name }, 'answer broke off');
    } finally {
      discardRest(request.raw);
    }
  }

  /** @returns undefined when the client is gone */
  private async ask(
    request: FastifyRequest,
    { upstream, caller, limits }: Passage,
    signal: AbortSignal,
  ): Promise<Dispatcher.ResponseData | undefined> {
    const method = request.method;
    const body = hasBody(request)
      ? countedBody(request.raw, limits.bodyBytes, this.config.upstreamIdleMs)
      : null;
    const options: Dispatcher.RequestOptions = {
      method,
      path: request.raw.url ?? '/',
      headers: requestHeaders(request.raw, {
        token: this.tokens.sign(caller, request.id),
        requestId: request.id,
        hasBody: body !== null,
      }),
      body,
      signal,
      headersTimeout: limits.answerMs,
    };
    const repeatable = body === null && (method === 'GET' || method === 'HEAD');
    try {
      return await upstream.pool.request(options).catch((error: unknown) => {
        // A kept connection may have been closed by the service just as we took it.
        if (!repeatable || !isBrokenConnection(error)) throw error;
        return upstream.pool.request(options);
      });
    } catch (error) {
      if (signal.aborted) return undefined;
      throw toUpstreamError(error, upstream.name);
    }
  }
}

function hasBody({ method, raw }: FastifyRequest): boolean {
  if (method === 'GET' || method === 'HEAD') return false;
  return raw.headers['transfer-encoding'] !== undefined || Number(raw.headers['content-length'] ?? 0) > 0;
}
