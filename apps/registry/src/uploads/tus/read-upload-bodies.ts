import type { FastifyInstance } from 'fastify';
import { TUS_CONTENT } from './tus-headers';

/** Leaves the content of uploads in its stream: nothing holds it as a whole. */
export function readUploadBodies(instance: FastifyInstance): void {
  instance.addContentTypeParser(TUS_CONTENT, (_request, _content, done) => done(null, undefined));
}
