import { DEFAULT_PORTS } from '@modelyard/contracts';
import { Env, ServiceConfig, WithBlobs, WithDatabase, WithRedis } from '@modelyard/platform-config';
import { IsInt, IsOptional, IsString, Matches, Max, Min } from 'class-validator';
import { KEY_FORMAT } from './api-keys/key-format';

/** What the registry reads from the environment. */
export class RegistryConfig extends WithBlobs(WithRedis(WithDatabase(ServiceConfig))) {
  @Env('PORT', {
    description: 'The port that the service listens on. 0 takes any free one.',
    default: DEFAULT_PORTS.registry,
  })
  override readonly port!: number;

  @Env('ADMIN_KEY_FILE', {
    description:
      'Where the first admin key is written at the first start, readable for its owner alone. Without it, the key is printed once.',
    example: '/run/modelyard/admin-key',
  })
  @IsOptional()
  @IsString()
  readonly adminKeyFile?: string;

  @Env('ADMIN_API_KEY', {
    description:
      'An admin key of your own, instead of one made at the first start: `my_`, 16 hex digits, `_`, 43 characters of base64url. Another value replaces the one before.',
    secret: true,
  })
  @IsOptional()
  @Matches(KEY_FORMAT)
  readonly adminApiKey?: string;

  @Env('RECONCILE_INTERVAL_MS', {
    description: 'How often training jobs and imports that the queue has lost are looked for, in milliseconds.',
    default: 5_000,
  })
  @IsInt()
  @Min(100)
  @Max(3_600_000)
  readonly reconcileIntervalMs!: number;

  @Env('UPLOAD_MAX_BYTES', {
    description: 'The largest file that can be uploaded, in bytes.',
    default: 16 * 1024 ** 3,
  })
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  readonly uploadMaxBytes!: number;

  @Env('UPLOAD_EXPIRY_HOURS', {
    description:
      'How long an upload is kept after its last byte, and after the last import of it has ended, in hours. So long a failed import can be tried again from where it was.',
    default: 24,
  })
  @IsInt()
  @Min(1)
  @Max(8_760)
  readonly uploadExpiryHours!: number;
}
