import { DEFAULT_PORTS } from '@modelyard/contracts';
import { Env, ServiceConfig, WithInference, WithRegistry } from '@modelyard/platform-config';
import { IsInt, IsOptional, IsString, Max, Min } from 'class-validator';

/** What the gateway reads from its environment. */
export class GatewayConfig extends WithInference(WithRegistry(ServiceConfig)) {
  @Env('PORT', {
    description: 'The port that the service listens on. 0 takes any free one.',
    default: DEFAULT_PORTS.gateway,
  })
  override readonly port!: number;

  @Env('GATEWAY_KEYS_POLL_MS', {
    description: 'Milliseconds between two looks at the API keys: a revoked key works for as long at most.',
    default: 1000,
  })
  @IsInt()
  @Min(50)
  @Max(60_000)
  readonly keysPollMs!: number;

  @Env('GATEWAY_RATE_PER_SECOND', {
    description: 'Requests per second that one key may make in the long run. 0: no limit.',
    default: 1000,
  })
  @IsInt()
  @Min(0)
  readonly ratePerSecond!: number;

  @Env('GATEWAY_RATE_BURST', {
    description: 'Requests that one key may make at once after a pause.',
    default: 2000,
  })
  @IsInt()
  @Min(1)
  readonly rateBurst!: number;

  @Env('GATEWAY_MAX_BODY_BYTES', {
    description:
      'Largest request body in bytes, predictions and uploads aside: as much as the registry takes.',
    default: 16 * 1024 * 1024,
  })
  @IsInt()
  @Min(1024)
  readonly maxBodyBytes!: number;

  @Env('GATEWAY_MAX_UPLOAD_BYTES', {
    description:
      'Largest upload in one request in bytes: files of datasets, by tus or as a form. They pass through and are not kept.',
    default: 16 * 1024 ** 3,
  })
  @IsInt()
  @Min(1024)
  readonly maxUploadBytes!: number;

  @Env('GATEWAY_MAX_PREDICT_BODY_BYTES', {
    description: 'Largest body of a prediction in bytes. The inference service may take less.',
    default: 64 * 1024 * 1024,
  })
  @IsInt()
  @Min(1024)
  readonly maxPredictBodyBytes!: number;

  @Env('GATEWAY_UPSTREAM_TIMEOUT_MS', {
    description: 'Milliseconds that a service may take until it begins to answer; then 504.',
    default: 30_000,
  })
  @IsInt()
  @Min(100)
  readonly upstreamTimeoutMs!: number;

  @Env('GATEWAY_UPSTREAM_IDLE_MS', {
    description:
      'Milliseconds that a service may be silent in the middle of an answer, or a client in the middle of a body. Event streams send a sign of life.',
    default: 120_000,
  })
  @IsInt()
  @Min(100)
  readonly upstreamIdleMs!: number;

  @Env('CORS_ORIGINS', {
    description: 'Origins whose pages may call the API, separated by commas. Without it no other origin may.',
    example: 'https://app.example.com',
  })
  @IsOptional()
  @IsString()
  readonly corsOrigins?: string;
}
