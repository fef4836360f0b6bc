import type { FastifyInstance } from 'fastify';
import { errorCodes } from 'fastify';

/** Lets the handlers of some routes read bodies of a type from the request's stream; all others refuse the type. */
export function leaveBodyInStream(instance: FastifyInstance, type: string, routes: readonly string[]): void {
  instance.addContentTypeParser(type, (request, _content, done) => {
    const route = request.routeOptions.url ?? '';
    done(routes.includes(route) ? null : new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE(type), undefined);
  });
}
