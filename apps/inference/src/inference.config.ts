import { DEFAULT_PORTS } from '@modelyard/contracts';
import { Env, IsUrlWithScheme, ServiceConfig, WithBlobs, WithRegistry } from '@modelyard/platform-config';
import { IsInt, IsOptional, IsString, Max, Min } from 'class-validator';

/** What the inference service reads from its environment. */
export class InferenceConfig extends WithRegistry(WithBlobs(ServiceConfig)) {
  @Env('PORT', {
    description: 'The port that the service listens on. 0 takes any free one.',
    default: DEFAULT_PORTS.inference,
  })
  override readonly port!: number;

  @Env('REDIS_URL', {
    description:
      'Redis, for a nudge when deployments change. Without it they are polled every second all the same.',
    example: 'redis://127.0.0.1:6379',
    secret: true,
  })
  @IsOptional()
  @IsUrlWithScheme('redis', 'rediss')
  readonly redisUrl?: string;

  @Env('REPLICA_ID', { description: 'Name of this replica in deployment statuses. Default: the host name.' })
  @IsOptional()
  @IsString()
  readonly replicaId?: string;

  @Env('INFERENCE_THREADS', { description: 'Threads that one model runs on.', default: 1 })
  @IsInt()
  @Min(1)
  @Max(64)
  readonly threads!: number;

  @Env('INFERENCE_POLL_MS', {
    description: 'Milliseconds between two looks at the desired deployments.',
    default: 1000,
  })
  @IsInt()
  @Min(100)
  @Max(60_000)
  readonly pollMs!: number;

  @Env('INFERENCE_MAX_BODY_BYTES', { description: 'Largest predict request.', default: 16 * 1024 * 1024 })
  @IsInt()
  @Min(1024)
  readonly maxBodyBytes!: number;

  @Env('INFERENCE_MAX_ROWS', { description: 'Most samples in one predict request.', default: 1000 })
  @IsInt()
  @Min(1)
  @Max(100_000)
  readonly maxRows!: number;

  @Env('INFERENCE_MAX_PIXELS', {
    description: 'Most pixels of an image file, counted before it is unpacked.',
    default: 50_000_000,
  })
  @IsInt()
  @Min(1)
  readonly maxPixels!: number;

  @Env('INFERENCE_MAX_CONCURRENT', {
    description: 'Predictions under way at once; more are refused with 503 and Retry-After.',
    default: 256,
  })
  @IsInt()
  @Min(1)
  readonly maxConcurrent!: number;

  @Env('INFERENCE_MAX_MODEL_BYTES', {
    description: 'Largest model file that is loaded.',
    default: 2 * 1024 * 1024 * 1024,
  })
  @IsInt()
  @Min(1)
  readonly maxModelBytes!: number;
}
