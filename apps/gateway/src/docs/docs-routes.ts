import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { LANDING_PAGE, REDOC_PAGE, SWAGGER_PAGE, SWAGGER_START } from './pages';
import { servePackageFiles } from './package-files';
import { PublicDocument } from './public-document';

const SWAGGER_FILES = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'];
const REDOC_FILES = ['redoc.standalone.js'];

const PAGES = [
  ['/', LANDING_PAGE],
  ['/api/docs', SWAGGER_PAGE],
  ['/api/docs/', SWAGGER_PAGE],
  ['/api/redoc', REDOC_PAGE],
  ['/api/redoc/', REDOC_PAGE],
] as const;

/** The documentation and the front page: open to everyone, like the health routes. */
@Injectable()
export class DocsRoutes {
  constructor(private readonly document: PublicDocument) {}

  async register(instance: FastifyInstance): Promise<void> {
    for (const [path, page] of PAGES) instance.get(path, (_request, reply) => html(reply, page));
    instance.get('/api/docs/start.js', (_request, reply) =>
      reply.type('text/javascript; charset=utf-8').send(SWAGGER_START),
    );
    instance.get('/api/openapi.json', async (_request, reply) => {
      void reply.header('cache-control', 'no-cache');
      return this.document.get();
    });
    await servePackageFiles(instance, '/api/docs/assets/', {
      manifest: require.resolve('swagger-ui-dist/package.json'),
      folder: '.',
      names: SWAGGER_FILES,
    });
    await servePackageFiles(instance, '/api/redoc/assets/', {
      manifest: require.resolve('redoc/package.json'),
      folder: 'bundles',
      names: REDOC_FILES,
    });
  }
}

function html(reply: FastifyReply, page: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').send(page);
}
