import type { FieldError, MetricPoint } from '@modelyard/contracts';
import { AppError } from '@modelyard/platform-errors';
import { keyProblem } from '../naming/tags';
import { readNumber } from './metric-value';

export const MAX_POINTS = 1_000;
const MAX_KEY = 250;
const FIELDS = new Set(['key', 'value', 'step', 'timestamp']);

/**
 * Reads the points of a request by hand: a batch has a thousand of them, and a general validator takes longer than the
 * database.
 * @param now for points without a timestamp, in milliseconds since the epoch
 * @throws AppError VALIDATION_FAILED naming each wrong field
 */
export function readMetricPoints(value: unknown, now: number, path = 'metrics'): MetricPoint[] {
  if (!Array.isArray(value)) throw refused([{ path, message: 'must be a list of points' }]);
  if (value.length > MAX_POINTS) throw refused([{ path, message: `must hold at most ${MAX_POINTS} points` }]);
  const problems: FieldError[] = [];
  const points = value.map((point: unknown, index) => readPoint(point, now, `${path}[${index}]`, problems));
  if (problems.length > 0) throw refused(problems.slice(0, 20));
  return points;
}

function readPoint(point: unknown, now: number, path: string, problems: FieldError[]): MetricPoint {
  const wrong = (field: string, message: string) => {
    problems.push({ path: field === '' ? path : `${path}.${field}`, message });
  };
  if (typeof point !== 'object' || point === null || Array.isArray(point)) {
    wrong('', 'must be an object with `key` and `value`');
    return { key: '', value: 0, step: 0, timestamp: 0 };
  }
  for (const field of Object.keys(point)) if (!FIELDS.has(field)) wrong(field, 'is not a known field');
  const { key, value, step = 0, timestamp = now } = point as Record<string, unknown>;
  const keyWrong = typeof key === 'string' ? keyProblem(key, MAX_KEY) : 'must be a string';
  if (keyWrong !== undefined) wrong('key', keyWrong);
  const number = readNumber(value);
  if (number === undefined) wrong('value', 'must be a number, or "NaN", "Infinity" or "-Infinity"');
  if (!Number.isSafeInteger(step)) wrong('step', 'must be an integer');
  if (!Number.isSafeInteger(timestamp)) wrong('timestamp', 'must be milliseconds since the epoch');
  return { key: key as string, value: number ?? 0, step: step as number, timestamp: timestamp as number };
}

function refused(fields: FieldError[]): AppError {
  const [first] = fields;
  return new AppError('VALIDATION_FAILED', `${first?.path} ${first?.message}`, { fields });
}
