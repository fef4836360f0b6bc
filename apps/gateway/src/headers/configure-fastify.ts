import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';
import type { GatewayConfig } from '../gateway.config';
import { checkUrl } from '../proxy/safe-url';
import { SECURITY_HEADERS } from './security-headers';

const EXPOSED = [
  'etag',
  'location',
  'link',
  'retry-after',
  'x-request-id',
  'ratelimit-limit',
  'ratelimit-remaining',
  'ratelimit-reset',
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
    await instance.register(cors, {
      origin: allowed,
      credentials: false,
      exposedHeaders: EXPOSED,
      maxAge: 600,
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
