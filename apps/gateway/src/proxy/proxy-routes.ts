import type { Caller } from '@modelyard/contracts';
import { AppError } from '@modelyard/platform-errors';
import { requestContext } from '@modelyard/platform-observability';
import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import { Authenticate } from '../auth/authenticate';
import { requireRole } from '../auth/route-roles';
import { SyncKeys } from '../auth/sync-keys';
import { GatewayConfig } from '../gateway.config';
import { checkContentLength } from '../limits/body-limit';
import { limitsFor } from '../limits/route-limits';
import type { RouteLimits } from '../limits/route-limits';
import { RateLimiter } from '../limits/rate-limiter';
import type { RateVerdict } from '../limits/rate-limiter';
import { Forward } from './forward';
import { pathOf } from './safe-url';
import { Upstreams } from './upstreams';
import type { UpstreamName } from './upstreams';

const METHODS: HTTPMethods[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Which service answers what. Whatever is not here, `/internal` above all, is not public. */
const ROUTES: { url: string; upstream: UpstreamName }[] = [
  { url: '/predict', upstream: 'inference' },
  { url: '/api/v1/deployments/:name/predict', upstream: 'inference' },
  { url: '/api/v1/*', upstream: 'registry' },
];

/** Begins and describes uploads. */
const TUS = '/api/v1/uploads';
/** Whoever asks without a key, in our name. */
const NOBODY: Caller = { id: 'service:gateway', name: 'gateway', role: 'predictor', kind: 'service' };
const API_KEYS = /^\/api\/v1\/api-keys(?:\/|$)/;

/** The public routes that services answer: who is it, may they, how often, how large, and on it goes. */
@Injectable()
export class ProxyRoutes {
  constructor(
    private readonly authenticate: Authenticate,
    private readonly keys: SyncKeys,
    private readonly limiter: RateLimiter,
    private readonly forward: Forward,
    private readonly upstreams: Upstreams,
    private readonly config: GatewayConfig,
  ) {}

  /** A context of its own, in which no body is parsed. */
  register(instance: FastifyInstance): void {
    // Not awaited: it must load after Nest has set its error handler, which it inherits.
    void instance.register((scope, _options, done) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', (_request, _payload, parsed) => parsed(null));
      for (const { url, upstream } of ROUTES) {
        scope.route({
          method: METHODS,
          url,
          exposeHeadRoute: false,
          handler: (request, reply) => this.handle(request, reply, upstream),
        });
      }
      scope.route({
        method: 'OPTIONS',
        url: TUS,
        handler: (request, reply) => this.describeTus(request, reply),
      });
      done();
    });
  }

  /** What the server's tus can do: clients ask before they say who they are. */
  private async describeTus(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const limits: RouteLimits = { bodyBytes: 0, answerMs: this.config.upstreamTimeoutMs };
    await this.forward.execute(request, reply, {
      upstream: this.upstreams.get('registry'),
      caller: NOBODY,
      limits,
    });
  }

  private async handle(request: FastifyRequest, reply: FastifyReply, upstream: UpstreamName): Promise<void> {
    const { method, raw } = request;
    const asked = { method, path: pathOf(raw.url ?? '/'), headers: raw.headers };
    const limits = limitsFor(upstream, asked, this.config);
    const caller = await this.admit(request, reply, limits.bodyBytes);
    await this.forward.execute(request, reply, {
      upstream: this.upstreams.get(upstream),
      caller,
      limits,
      ...(isKeyWrite(request) ? { answered: (status) => this.keysChanged(status) } : {}),
    });
  }

  /** Whoever has made a key may use it at once, and a key that was revoked lets nobody in any more. */
  private async keysChanged(status: number): Promise<void> {
    if (status < 400) await this.keys.refreshAfterWrite();
  }

  private async admit(request: FastifyRequest, reply: FastifyReply, bodyLimit: number): Promise<Caller> {
    const caller = await this.authenticate.execute(request.raw.headers).catch((error: unknown) => {
      void reply.header('www-authenticate', 'Bearer realm="modelyard"');
      throw error;
    });
    const context = requestContext.get();
    if (context !== undefined) context.caller = caller; // for the access log
    const verdict = this.limiter.take(caller.id);
    if (verdict !== undefined) applyRate(reply, verdict);
    requireRole(caller, request.method, pathOf(request.raw.url ?? '/'));
    checkContentLength(request.raw, bodyLimit);
    return caller;
  }
}

function isKeyWrite({ method, raw }: FastifyRequest): boolean {
  return method !== 'GET' && method !== 'HEAD' && API_KEYS.test(pathOf(raw.url ?? '/'));
}

function applyRate(reply: FastifyReply, verdict: RateVerdict): void {
  void reply.headers({
    'ratelimit-limit': String(verdict.limit),
    'ratelimit-remaining': String(verdict.remaining),
    'ratelimit-reset': String(verdict.resetSeconds),
  });
  if (verdict.allowed) return;
  throw new AppError('RATE_LIMITED', 'This key has used up its rate of requests.', {
    retryAfterSeconds: verdict.waitSeconds,
  });
}
