import { createHash } from 'node:crypto';
import { HEADERS } from '@modelyard/contracts';
import { AppError } from '@modelyard/platform-errors';
import { requestContext } from '@modelyard/platform-observability';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { from, lastValueFrom } from 'rxjs';
import { UnitOfWork } from '../database/unit-of-work';
import { identityOf } from './body-identity';
import { NOT_KEPT } from './not-kept';
import type { StoredAnswer } from './stored-answers';
import { StoredAnswers } from './stored-answers';
import { WITHOUT_IDEMPOTENCY_KEY } from './without-idempotency-key';

const WRITES = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
const KEY = /^[\x21-\x7e]{1,255}$/;
/** The headers of an answer that belong to it, and are given again with it. */
const KEPT_HEADERS = ['etag', 'location'];

interface Exchange {
  request: FastifyRequest;
  reply: FastifyReply;
  next: CallHandler;
  notKept: string[];
}

/**
 * Answers a write that comes again with the same `Idempotency-Key` as it answered the first time. The key, the write
 * and its answer are one transaction: whatever breaks in between, the write happened once with its answer kept, or not
 * at all. Refused requests are not kept; they may be sent again.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly work: UnitOfWork,
    private readonly answers: StoredAnswers,
    private readonly reflector: Reflector,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const key = request.headers[HEADERS.idempotencyKey];
    const caller = requestContext.get()?.caller;
    if (key === undefined || caller === undefined || !WRITES.has(request.method)) return next.handle();
    if (this.reflector.get<boolean | undefined>(WITHOUT_IDEMPOTENCY_KEY, context.getClass()) === true)
      return next.handle();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const notKept = this.reflector.get<string[] | undefined>(NOT_KEPT, context.getHandler()) ?? [];
    const exchange = { request, reply, next, notKept };
    return from(this.answerOnce(caller.id, checkedKey(key), exchange));
  }

  private answerOnce(callerId: string, key: string, exchange: Exchange): Promise<unknown> {
    const { request, reply, next, notKept } = exchange;
    const fingerprint = fingerprintOf(request);
    return this.work.transaction(async () => {
      const stored = await this.answers.claim(callerId, key, fingerprint);
      if (stored !== undefined) return replay(stored, fingerprint, reply);
      const body: unknown = await lastValueFrom(next.handle(), { defaultValue: undefined });
      await this.answers.store(callerId, key, {
        status: reply.statusCode,
        headers: keptHeaders(reply),
        body: without(body, notKept),
      });
      return body;
    });
  }
}

function without(body: unknown, fields: string[]): unknown {
  if (typeof body !== 'object' || body === null || fields.length === 0) return body ?? null;
  return Object.fromEntries(Object.entries(body).filter(([field]) => !fields.includes(field)));
}

function checkedKey(header: string | string[]): string {
  if (typeof header === 'string' && KEY.test(header)) return header;
  const message = 'must be one value of 1 to 255 printable ASCII characters';
  throw new AppError('VALIDATION_FAILED', `Idempotency-Key ${message}`, {
    fields: [{ path: 'Idempotency-Key', message }],
  });
}

function fingerprintOf(request: FastifyRequest): string {
  const body = JSON.stringify(identityOf(request) ?? request.body ?? null);
  return createHash('sha256').update(`${request.method} ${request.url}\n${body}`).digest('hex');
}

function keptHeaders(reply: FastifyReply): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const name of KEPT_HEADERS) {
    const value = reply.getHeader(name);
    if (typeof value === 'string') headers[name] = value;
  }
  return headers;
}

function replay(stored: StoredAnswer, fingerprint: string, reply: FastifyReply): unknown {
  if (stored.fingerprint !== fingerprint) {
    throw new AppError(
      'IDEMPOTENCY_KEY_REUSED',
      'This Idempotency-Key was used with another request (method, path or body differ). Use a new key for a new request.',
    );
  }
  void reply.status(stored.status).headers({ ...stored.headers, 'idempotency-replayed': 'true' });
  return stored.body ?? undefined;
}
