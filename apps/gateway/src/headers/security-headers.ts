import type { FastifyHelmetOptions } from '@fastify/helmet';

/**
 * Strict by default. Swagger UI and ReDoc style their elements in place and draw their logos from data: URLs; ReDoc
 * searches in a worker made from a blob. Scripts come from our own files only, and nothing from elsewhere.
 */
export const SECURITY_HEADERS: FastifyHelmetOptions = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:'],
      fontSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      workerSrc: ["'self'", 'blob:'],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
  },
  // Says nothing over plain HTTP; behind TLS browsers remember it.
  strictTransportSecurity: { maxAge: 15_552_000, includeSubDomains: false },
  frameguard: { action: 'deny' },
  crossOriginResourcePolicy: { policy: 'same-site' },
};
