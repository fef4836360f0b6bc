export const HEADERS = {
  requestId: 'x-request-id',
  /** The signed token between services: `Bearer <token>`. */
  internalToken: 'x-modelyard-caller',
  apiKey: 'x-api-key',
  idempotencyKey: 'idempotency-key',
  traceparent: 'traceparent',
} as const;

export const SERVICE_NAMES = ['gateway', 'registry', 'training', 'inference'] as const;
export type ServiceName = (typeof SERVICE_NAMES)[number];

export const DEFAULT_PORTS: Record<ServiceName, number> = {
  gateway: 8080,
  registry: 8081,
  inference: 8082,
  training: 8083,
};
