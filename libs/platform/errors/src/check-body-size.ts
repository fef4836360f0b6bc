import { AppError } from './app-error';

/** Far more than any DTO has. Validation recurses, so a body of a few kilobytes could use up the stack. */
const MAX_DEPTH = 32;
/** The largest report, of 10,000 files, has fewer. Validation takes time for each. */
const MAX_VALUES = 60_000;
/** class-transformer's time is quadratic in the fields of one object. */
const MAX_FIELDS = 2_000;

/**
 * Refuses a body that would keep validation busy for long, before that begins.
 * @throws AppError VALIDATION_FAILED when it is nested too deeply or has too many fields and elements
 */
export function checkBodySize(body: object): void {
  let values = 0;
  let level: object[] = [body];
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) throw refused(`must not be nested deeper than ${MAX_DEPTH} levels`);
    const next: object[] = [];
    for (const node of level) {
      const children: unknown[] = Object.values(node);
      if (!Array.isArray(node) && children.length > MAX_FIELDS)
        throw refused(`must not have objects of more than ${MAX_FIELDS} fields`);
      values += children.length;
      if (values > MAX_VALUES) throw refused(`must not have more than ${MAX_VALUES} fields and elements`);
      for (const child of children) if (typeof child === 'object' && child !== null) next.push(child);
    }
    level = next;
  }
}

function refused(message: string): AppError {
  return new AppError('VALIDATION_FAILED', `The body ${message}.`, { fields: [{ path: '', message }] });
}
