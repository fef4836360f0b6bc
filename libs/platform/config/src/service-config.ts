import { IsIn, IsInt, IsNotEmpty, IsOptional, Max, Min, MinLength } from 'class-validator';
import { Env } from './env.decorator';
import { IsUrlWithScheme } from './is-url-with-scheme';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** What every service reads. A service extends it, with the mixins of what it stands on. */
export abstract class ServiceConfig {
  @Env('NODE_ENV', { description: 'The kind of installation.', default: 'development' })
  @IsIn(['development', 'production', 'test'])
  readonly nodeEnv!: 'development' | 'production' | 'test';

  @Env('HOST', { description: 'The address that the service listens on.', default: '127.0.0.1' })
  @IsNotEmpty()
  readonly host!: string;

  @Env('PORT', {
    description: 'The port that the service listens on. 0 takes any free one.',
    example: '8080',
  })
  @IsInt()
  @Min(0)
  @Max(65535)
  readonly port!: number;

  @Env('LOG_LEVEL', { description: 'The least severe level that is logged.', default: 'info' })
  @IsIn(LOG_LEVELS)
  readonly logLevel!: LogLevel;

  @Env('LOG_FORMAT', { description: 'One JSON object a line, or lines for people.', default: 'json' })
  @IsIn(['json', 'pretty'])
  readonly logFormat!: 'json' | 'pretty';

  @Env('OTEL_EXPORTER_OTLP_ENDPOINT', {
    description: 'Where traces go by OTLP over HTTP. Tracing is off without it.',
    example: 'http://localhost:4318',
  })
  @IsOptional()
  @IsUrlWithScheme('http', 'https')
  readonly otlpEndpoint?: string;

  @Env('INTERNAL_TOKEN_SECRET', {
    description: 'Signs the tokens between services: the same in all of them, at least 32 random characters.',
    secret: true,
  })
  @MinLength(32)
  readonly internalTokenSecret!: string;

  @Env('SHUTDOWN_DRAIN_MS', {
    description:
      'How long the service still takes requests after it has said that it is not ready, so that load balancers notice (milliseconds).',
    default: 0,
  })
  @IsInt()
  @Min(0)
  readonly shutdownDrainMs!: number;

  @Env('SHUTDOWN_GRACE_MS', {
    description: 'How long requests and jobs in progress may take to finish at shutdown (milliseconds).',
    default: 10_000,
  })
  @IsInt()
  @Min(0)
  readonly shutdownGraceMs!: number;
}
