import type { FittedPreprocessing } from '@modelyard/contracts';

/** As JSON. Numbers come back exactly. */
export function serializePreprocessing(fitted: FittedPreprocessing): string {
  return JSON.stringify({ kind: fitted.kind, scale: fitted.scale, offset: fitted.offset });
}

/**
 * Reads what `serializePreprocessing` wrote.
 * @throws SyntaxError when the text is something else
 */
export function parsePreprocessing(text: string): FittedPreprocessing {
  const value: unknown = JSON.parse(text);
  if (isFitted(value)) return { kind: 'affine', scale: [...value.scale], offset: [...value.offset] };
  throw new SyntaxError('Fitted preprocessing is an object with kind "affine" and as many scales as offsets');
}

function isFitted(value: unknown): value is FittedPreprocessing {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, scale, offset } = value as Partial<Record<string, unknown>>;
  return kind === 'affine' && areNumbers(scale) && areNumbers(offset) && scale.length === offset.length;
}

function areNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((entry) => Number.isFinite(entry));
}
