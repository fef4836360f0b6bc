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

  @Env('TRAINING_IMPORT_CONCURRENCY', {
    description:
      'How many dataset imports this worker runs at once, each in a process of its own. 0: it takes none.',
    default: 1,
  })
  @IsInt()
  @Min(0)
  @Max(64)
  readonly importConcurrency!: number;

  @Env('IMPORT_SCRATCH_FOLDER', {
    description:
      "Where imports work: it holds up to three times the size of what is imported. Default: `modelyard-imports` in the system's folder for temporary files.",
    example: '/var/lib/modelyard/imports',
  })
  @IsOptional()
  @IsString()
  readonly importScratchFolder?: string;

  @Env('IMPORT_MEMORY_MIB', {
    description:
      'MiB that the tables of one import may take in memory; what does not fit is written to its folder. The importer takes some 300 MiB more.',
    default: 400,
  })
  @IsInt()
  @Min(128)
  readonly importMemoryMiB!: number;

  @Env('IMPORT_MAX_RESIDENT_MIB', {
    description:
      'MiB that a whole importer process may hold in memory. One that holds more is ended, and its import fails. Linux only.',
    default: 2_048,
  })
  @IsInt()
  @Min(512)
  readonly importMaxResidentMiB!: number;

  @Env('IMPORT_THREADS', { description: 'CPU threads that one import may take.', default: 2 })
  @IsInt()
  @Min(1)
  @Max(256)
  readonly importThreads!: number;

  @Env('IMPORT_MAX_BYTES', {
    description: 'The most bytes that the files of one import may have, as they come and unpacked.',
    default: 17_179_869_184,
  })
  @IsInt()
  @Min(1)
  readonly importMaxBytes!: number;

  @Env('IMPORT_TIMEOUT_MINUTES', { description: 'How long one attempt at an import may take.', default: 240 })
  @IsInt()
  @Min(1)
  @Max(20_000)
  readonly importTimeoutMinutes!: number;

  @Env('IMPORT_MIRROR', {
    description:
      "A folder or URL that has the well-known datasets' files as `<dataset>/<publisher's file name>` (`mnist/train-images-idx3-ubyte.gz`). It is asked first; what it lacks comes from the publisher.",
    example: '/srv/datasets',
  })
  @IsOptional()
  @IsString()
  readonly importMirror?: string;

  @Env('IMPORT_ALLOWED_HOSTS', {
    description:
      'Hosts with ports that imports may fetch from although their addresses are private, separated by commas.',
    example: 'minio.internal:9000,10.0.0.7:80',
  })
  @IsOptional()
  @Matches(/^[^\s,:/]+:\d+(\s*,\s*[^\s,:/]+:\d+)*$|^\[[0-9a-f:]+\]:\d+$/i, {
    message: 'must be host:port, host:port …',
  })
  readonly importAllowedHosts?: string;

  @Env('SOURCE_COMMIT', {
    description: 'The commit that this build was made from; every run records it.',
    example: '4f2c1d9',
  })
  @IsOptional()
  @IsString()
  @Matches(/^[0-9a-f]{7,64}$/)
  readonly sourceCommit?: string;
}
