/**
 * Every queue, every job on it, what the job carries, and how it is tried again. A job that is not here cannot be
 * added; a worker that does not handle all jobs of its queue does not start. Jobs carry ids and URIs, never data
 * or credentials.
 */
export interface JobMap {
  training: {
    /** Runs one training job. The queue's job id is the training job's id, so adding it twice adds it once. */
    train: {
      payload: { trainingJobId: string; requestId: string };
      result: { status: 'succeeded' | 'failed' | 'cancelled' };
    };
  };
  imports: {
    /** Runs one dataset import. The queue's job id is the import's id, so adding it twice adds it once. */
    'import-dataset': {
      payload: { importId: string; requestId: string };
      result: { status: 'succeeded' | 'failed' | 'cancelled' };
    };
  };
  events: {
    /** Something happened in the registry. Consumers are idempotent: an event may come twice. */
    'registry-event': { payload: RegistryEvent; result: void };
  };
}

export type QueueName = keyof JobMap;
export type JobName<Q extends QueueName> = keyof JobMap[Q] & string;
export type JobPayload<Q extends QueueName, J extends JobName<Q>> = JobMap[Q][J] extends { payload: infer P }
  ? P
  : never;
export type JobResult<Q extends QueueName, J extends JobName<Q>> = JobMap[Q][J] extends { result: infer R }
  ? R
  : never;

export interface RegistryEvent {
  id: string;
  type: RegistryEventType;
  at: string;
  subject: string;
  requestId: string;
}

export const REGISTRY_EVENT_TYPES = [
  'dataset.version-created',
  'dataset.version-deleted',
  'dataset.contract-changed',
  'training-job.queued',
  'training-job.finished',
  'model.version-created',
  'model.stage-changed',
  'model.alias-moved',
  'deployment.changed',
  'api-key.changed',
] as const;
export type RegistryEventType = (typeof REGISTRY_EVENT_TYPES)[number];

/** How one kind of job is tried again and kept. Times in milliseconds. */
export interface JobPolicy {
  attempts: number;
  backoff: { type: 'exponential' | 'fixed'; delay: number };
  /** Finished jobs that are kept for looking at, and for how many seconds. */
  keepCompleted: { count: number; age: number };
  keepFailed: { count: number; age: number };
}

export const JOB_POLICIES: { [Q in QueueName]: { [J in JobName<Q>]: JobPolicy } } = {
  training: {
    train: {
      attempts: 5,
      backoff: { type: 'exponential', delay: 2_000 },
      keepCompleted: { count: 1_000, age: 7 * 24 * 3600 },
      keepFailed: { count: 1_000, age: 30 * 24 * 3600 },
    },
  },
  imports: {
    'import-dataset': {
      attempts: 5,
      backoff: { type: 'exponential', delay: 2_000 },
      keepCompleted: { count: 1_000, age: 7 * 24 * 3600 },
      keepFailed: { count: 1_000, age: 30 * 24 * 3600 },
    },
  },
  events: {
    'registry-event': {
      attempts: 5,
      backoff: { type: 'exponential', delay: 1_000 },
      keepCompleted: { count: 1_000, age: 24 * 3600 },
      keepFailed: { count: 1_000, age: 7 * 24 * 3600 },
    },
  },
};

/** Redis pub/sub channels. They only nudge: whoever listens also polls. */
export const NUDGE_CHANNELS = {
  deployments: 'modelyard:deployments',
  apiKeys: 'modelyard:api-keys',
  cancel: 'modelyard:cancel',
} as const;
