import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Pool } from 'undici';
import { HEADERS } from '@modelyard/contracts';
import { AppError } from '@modelyard/platform-errors';
import { requestContext } from '@modelyard/platform-observability';
import { Circuit } from './circuit';
import { readAnswer, retryAfterOf } from './read-answer';
import { RetryPlan } from './retry-plan';
import type { Failure } from './retry-plan';
import { sendOnce } from './send-once';
import type { Incoming, Outgoing } from './send-once';
import { TransportError } from './transport-error';
import type { ServiceClientOptions, ServiceRequest, ServiceResponse } from './types';

const DEFAULT_TIMEOUT_MS = 10_000;
const CONNECT_TIMEOUT_MS = 3_000;
const CONNECTIONS = 64;

/** Calls one other service, over connections that stay open. */
export class ServiceClient {
  private readonly pool: Pool;
  private readonly prefix: string;
  private readonly circuit: Circuit;

  constructor(private readonly options: ServiceClientOptions) {
    const { origin, pathname } = new URL(options.baseUrl);
    this.prefix = pathname.replace(/\/+$/, '');
    this.circuit = new Circuit(options.service, options.logger);
    this.pool = new Pool(origin, {
      connections: CONNECTIONS,
      connect: { timeout: CONNECT_TIMEOUT_MS },
      headersTimeout: 0, // each try has its own time limit, for the whole of it
      bodyTimeout: 0,
    });
  }

  /**
   * @throws AppError with the code and fields of the service's problem; DEPENDENCY_UNAVAILABLE when the service cannot
   *   be reached, DEADLINE_EXCEEDED when it does not answer in time; the signal's reason when that aborts
   */
  async request<T>(request: ServiceRequest): Promise<ServiceResponse<T>> {
    const requestId = requestContext.get()?.requestId ?? randomUUID();
    const { random = Math.random } = this.options;
    const plan = new RetryPlan(request.method, request.retry ?? 'safe', random);
    for (;;) {
      const outcome = await this.attempt(this.outgoing(request, requestId));
      if ('answer' in outcome && outcome.answer.status < 400) {
        const { status, headers } = outcome.answer;
        return { status, headers, body: readAnswer(this.options.service, outcome.answer) as T };
      }
      const failure: Failure =
        'answer' in outcome
          ? { status: outcome.answer.status, retryAfterSeconds: retryAfterOf(outcome.answer) }
          : outcome;
      const pause = plan.next(failure);
      if (pause === undefined) throw this.explain(outcome);
      this.options.logger?.debug(
        { service: this.options.service, path: request.path, pause },
        'trying again',
      );
      await this.pause(pause, request.signal);
    }
  }

  /** Waits for the calls under way, then closes the connections. */
  async close(): Promise<void> {
    await this.pool.close();
  }

  private async attempt(outgoing: Outgoing): Promise<{ answer: Incoming } | { error: TransportError }> {
    try {
      return { answer: await this.circuit.run(() => sendOnce(this.pool, outgoing)) };
    } catch (error) {
      if (error instanceof TransportError) return { error };
      throw error;
    }
  }

  /** Made anew for each try: a token lives for a minute, tries may go on for longer. */
  private outgoing(request: ServiceRequest, requestId: string): Outgoing {
    const { self, tokens } = this.options;
    const service = { id: `service:${self}`, name: self, role: 'admin', kind: 'service' } as const;
    const body = bodyOf(request.body);
    return {
      method: request.method,
      path: this.prefix + request.path + queryOf(request.query),
      headers: {
        accept: 'application/json, application/problem+json',
        ...(typeof body === 'string' ? { 'content-type': 'application/json' } : {}),
        ...request.headers,
        [HEADERS.requestId]: requestId,
        [HEADERS.internalToken]: `Bearer ${tokens.sign(request.caller ?? service, requestId)}`,
      },
      body,
      timeoutMs: request.timeoutMs ?? this.options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      signal: request.signal,
    };
  }

  private explain(outcome: { answer: Incoming } | { error: TransportError }): unknown {
    const { service } = this.options;
    if ('error' in outcome) {
      const { error: cause } = outcome;
      return cause.kind === 'timeout'
        ? new AppError('DEADLINE_EXCEEDED', `The ${service} service did not answer in time.`, { cause })
        : new AppError('DEPENDENCY_UNAVAILABLE', `The ${service} service cannot be reached.`, {
            cause,
            retryAfterSeconds: 1,
          });
    }
    try {
      readAnswer(service, outcome.answer);
    } catch (error) {
      return error;
    }
    return new AppError('INTERNAL', `The ${service} service gave an answer that makes no sense.`);
  }

  private async pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
    try {
      await wait(ms, undefined, signal === undefined ? {} : { signal });
    } catch (error) {
      signal?.throwIfAborted(); // with the caller's own reason
      throw error;
    }
  }
}

function bodyOf(body: unknown): string | Buffer | null {
  if (body === undefined) return null;
  return Buffer.isBuffer(body) ? body : JSON.stringify(body);
}

function queryOf(query: ServiceRequest['query'] = {}): string {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined) parameters.set(key, String(value));
  }
  return parameters.size === 0 ? '' : `?${parameters.toString()}`;
}
