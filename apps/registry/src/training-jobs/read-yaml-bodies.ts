import type { FastifyInstance } from 'fastify';

/** Lets a recipe come as it was written: YAML arrives at the handler as text. */
export function readYamlBodies(instance: FastifyInstance): void {
  const types = ['application/yaml', 'application/x-yaml', 'text/yaml', 'text/x-yaml'];
  instance.addContentTypeParser(types, { parseAs: 'string' }, (_, body, done) => done(null, body));
}
