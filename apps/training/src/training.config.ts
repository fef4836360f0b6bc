import { DEFAULT_PORTS } from '@modelyard/contracts';
import { Env, ServiceConfig, WithBlobs, WithRedis, WithRegistry } from '@modelyard/platform-config';
import { IsInt, IsOptional, IsString, Matches, Max, Min } from 'class-validator';

/** What the training service reads from its environment. */
export class TrainingConfig extends WithRegistry(WithBlobs(WithRedis(ServiceConfig))) {
  @Env('PORT', {
    description: 'The port of health and metrics. 0 takes any free one.',
    default: DEFAULT_PORTS.training,
  })
  override readonly port!: number;

  @Env('TRAINING_CONCURRENCY', {
    description: 'How many trainings this worker runs at once, each in a process of its own.',
    default: 1,
  })
  @IsInt()
  @Min(1)
  @Max(64)
  readonly trainingConcurrency!: number;

  @Env('TRAINING_MAX_THREADS', {
    description:
      'The most CPU threads that one training may take. Without it a training takes what its recipe asks for; ' +
      'a lower number changes the weights in their last bits, and the run records it.',
    example: '2',
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1024)
  readonly trainingMaxThreads?: number;

  @Env('TRAINING_REGISTRY_PATIENCE_MS', {
    description:
      'How long a finished training goes on trying to reach the registry before the job is tried again.',
    default: 300_000,
  })
  @IsInt()
  @Min(1_000)
  readonly registryPatienceMs!: number;

  @Env('TRAINING_CHECKPOINT_INTERVAL_MS', {
    description: 'The shortest time between two stored checkpoints; short epochs share one.',
    default: 3_000,
  })
  @IsInt()
  @Min(0)
  readonly checkpointIntervalMs!: number;

  @Env('SOURCE_COMMIT', {
    description: 'The commit that this build was made from; every run records it.',
    example: '4f2c1d9',
  })
  @IsOptional()
  @IsString()
  @Matches(/^[0-9a-f]{7,64}$/)
  readonly sourceCommit?: string;
}
