import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';
import type { GatewayConfig } from '../gateway.config';
import { checkUrl } from '../proxy/safe-url';
import { SECURITY_HEADERS } from './security-headers';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
const EXPOSED = [
  'etag',
  'location',
  'link',
  'retry-after',
  'x-request-id',
  'ratelimit-limit',
  'ratelimit-remaining',
  'ratelimit-reset',
  'accept-ranges',
  'content-disposition',
  'content-range',
  'preference-applied',
  'tus-checksum-algorithm',
  'tus-extension',
  'tus-max-size',
  'tus-resumable',
  'tus-version',
  'upload-expires',
  'upload-length',
  'upload-metadata',
  'upload-offset',
];

/** What holds for every answer of the gateway, errors too. */
export async function configureFastify(
  instance: FastifyInstance,
  config: Readonly<GatewayConfig>,
): Promise<void> {
  await instance.register(helmet, SECURITY_HEADERS);
  const origins = (config.corsOrigins ?? '').split(',').map((origin) => origin.trim());
  const allowed = origins.filter((origin) => origin !== '');
  if (allowed.length > 0) {
    // Keys travel in headers and never in cookies, so no credentials are allowed.
    const options = {
      origin: allowed,
      credentials: false,
      methods: METHODS,
      exposedHeaders: EXPOSED,
      maxAge: 600,
    };
    await instance.register(cors, {
      delegator: (request, done) => {
        // tus asks by OPTIONS too; only what a browser asks is ours to answer.
        const preflight = request.headers['access-control-request-method'] !== undefined;
        done(null, { ...options, preflight });
      },
    });
  }
  instance.addHook('onRequest', (request, _reply, done) => {
    try {
      checkUrl(request.raw.url ?? '');
      done();
    } catch (error) {
      done(error as Error);
    }
  });
}
