const SECRETS = new Set([
  'authorization',
  'cookie',
  'set-cookie',
  'x-api-key',
  'x-modelyard-caller',
  'password',
  'secret',
  'token',
  'apikey',
  'api_key',
]);
const DEPTH = 4;

/**
 * The same object, but with the values of fields whose names say that they are credentials replaced, in plain
 * objects down to four levels. Objects without any come back as they are, uncopied. (pino's own redaction with
 * wildcards copies every line, and takes twenty times as long as writing it.)
 */
export function hideSecrets(details: Record<string, unknown>, depth = DEPTH): Record<string, unknown> {
  let copy: Record<string, unknown> | undefined;
  for (const key of Object.keys(details)) {
    const value = details[key];
    const shown = SECRETS.has(key.toLowerCase())
      ? '[redacted]'
      : depth > 1 && isPlain(value)
        ? hideSecrets(value, depth - 1)
        : value;
    if (shown !== value) (copy ??= { ...details })[key] = shown;
  }
  return copy ?? details;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
