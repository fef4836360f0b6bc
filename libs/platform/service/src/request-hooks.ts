import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { HEADERS } from '@modelyard/contracts';
import { nameSpan, requestContext } from '@modelyard/platform-observability';
import type { HttpMetrics, Logger, RequestContext } from '@modelyard/platform-observability';
import { discardRest } from './discard-rest';

/** The client went away before it had its answer. nginx's number, as no standard one exists. */
const CLIENT_CLOSED_REQUEST = 499;
/** They come every few seconds, and would drown what users do. */
const PROBES = /^\/(health|metrics)(\/|\?|$)/;

/** Gives every request its id and context, returns the id, and counts, times and logs the request when it ends. */
export function addRequestHooks(instance: FastifyInstance, metrics: HttpMetrics, logger: Logger): void {
  const contexts = new WeakMap<FastifyRequest, RequestContext>();

  instance.addHook('onRequest', (request, reply, done) => {
    const context: RequestContext = { requestId: request.id };
    contexts.set(request, context);
    void reply.header(HEADERS.requestId, request.id);
    const isProbe = PROBES.test(request.url);
    if (!isProbe) metrics.started();
    const start = performance.now();
    const route = request.routeOptions.url;
    if (route !== undefined) nameSpan(request.method, route);
    // 'close' comes exactly once, also when the client gives up; Fastify's onResponse would not come then.
    reply.raw.once('close', () => finish(request, reply, start, isProbe));
    requestContext.run(context, done);
  });

  // A body arrives in the context of its socket, so the request's own must be entered again behind it.
  instance.addHook('preValidation', (request, _reply, done) => {
    requestContext.run(contexts.get(request) ?? { requestId: request.id }, done);
  });

  // Whoever is refused in the middle of a body should read why: closing under it, as Fastify would, loses the answer.
  instance.addHook('onSend', (request, reply, _payload, done) => {
    if (!request.raw.complete) {
      void reply.removeHeader('connection');
      discardRest(request.raw);
    }
    done();
  });

  function finish(request: FastifyRequest, reply: FastifyReply, start: number, isProbe: boolean): void {
    const seconds = (performance.now() - start) / 1000;
    const status = reply.raw.writableFinished ? reply.raw.statusCode : CLIENT_CLOSED_REQUEST;
    const route = request.routeOptions.url;
    if (!isProbe) metrics.finished({ method: request.method, route, status, seconds });
    const caller = contexts.get(request)?.caller?.id;
    const line = {
      requestId: request.id,
      method: request.method,
      path: request.url.split('?', 1)[0], // queries may hold what must not be logged
      route,
      status,
      ms: Math.round(seconds * 10_000) / 10,
      ...(caller === undefined ? {} : { caller }),
    };
    if (isProbe) logger.debug(line, 'request');
    else logger.info(line, 'request');
  }
}
