import multipart from '@fastify/multipart';
import type { FastifyInstance } from 'fastify';

/**
 * Teaches Fastify the bodies that a prediction may come in besides JSON. Raw bytes and image files arrive as one
 * buffer; of a form, one file is taken.
 */
export async function registerContentParsers(instance: FastifyInstance, maxBodyBytes: number): Promise<void> {
  for (const type of ['application/octet-stream', /^image\//]) {
    instance.addContentTypeParser(
      type,
      { parseAs: 'buffer', bodyLimit: maxBodyBytes },
      (_request, body, done) => {
        done(null, body);
      },
    );
  }
  await instance.register(multipart, {
    limits: { files: 1, fields: 10, fieldSize: 1024, fileSize: maxBodyBytes, parts: 11, headerPairs: 50 },
  });
}
