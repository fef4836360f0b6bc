import { AppError } from '@modelyard/platform-errors';

export const RUN_ATTRIBUTES = ['createdAt', 'startedAt', 'endedAt', 'name', 'status'] as const;
export type RunAttribute = (typeof RUN_ATTRIBUTES)[number];

export interface RunOrder {
  by: { attribute: RunAttribute } | { metric: string } | { param: string };
  direction: 'asc' | 'desc';
}

const GRAMMAR =
  /^(?:(?<attribute>\w+)|metrics\.(?<metric>.+?)|params\.(?<param>.+?))(?:\s+(?<direction>asc|desc))?$/i;

/**
 * Reads `startedAt desc`, `metrics.val_loss`, `params.optimizer asc`. Runs without the value come last, whatever the
 * direction.
 * @throws AppError VALIDATION_FAILED
 */
export function parseRunOrder(text: string): RunOrder {
  const groups = GRAMMAR.exec(text.trim())?.groups ?? {};
  const direction = groups['direction']?.toLowerCase() === 'desc' ? 'desc' : 'asc';
  const { metric, param } = groups;
  if (metric !== undefined) return { by: { metric }, direction };
  if (param !== undefined) return { by: { param }, direction };
  const attribute = RUN_ATTRIBUTES.find((name) => name === groups['attribute']);
  if (attribute !== undefined) return { by: { attribute }, direction };
  const message = `must be one of ${RUN_ATTRIBUTES.join(', ')}, metrics.<key> or params.<key>, and may end with asc or desc`;
  throw new AppError('VALIDATION_FAILED', `orderBy ${message}`, { fields: [{ path: 'orderBy', message }] });
}
