import type { MetricPoint, Page } from '@modelyard/contracts';
import type { PageRequest } from '../listing/keyset';

/**
 * What runs log: many small writes, so each call is one statement or two. The same call twice leaves what one leaves.
 * All throw AppError NOT_FOUND when the run does not exist, and CONFLICT when it is deleted.
 */
export abstract class RunLog {
  abstract logMetrics(runId: string, points: readonly MetricPoint[]): Promise<void>;
  /** Logs points that take the place of all others at the same steps: a training that repeats an epoch corrects it. */
  abstract replaceMetrics(runId: string, points: readonly MetricPoint[]): Promise<void>;
  /** @throws AppError CONFLICT when a param has another value already */
  abstract logParams(runId: string, params: Record<string, string>): Promise<void>;
  /** Logs params that take the place of those of the same name. */
  abstract replaceParams(runId: string, params: Record<string, string>): Promise<void>;
  abstract setTags(runId: string, tags: Record<string, string>): Promise<void>;
  /** All points of one metric, by step, then time. */
  abstract history(runId: string, key: string, page: PageRequest): Promise<Page<MetricPoint>>;
}
