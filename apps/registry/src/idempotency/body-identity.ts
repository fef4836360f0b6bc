import type { FastifyRequest } from 'fastify';

const identities = new WeakMap<FastifyRequest, unknown>();

/** Says by what a body is the same again that gets other ids each time, such as files which are stored before. */
export function identifyBody(request: FastifyRequest, identity: unknown): void {
  identities.set(request, identity);
}

export function identityOf(request: FastifyRequest): unknown {
  return identities.get(request);
}
