import { envFieldsOf } from './env.decorator';

/**
 * The environment of a child process: this process's own, so that paths, proxies and cloud credentials reach it,
 * but none of the secrets that `schema` reads, and with `set` on top.
 */
export function childEnvironment(
  schema: abstract new () => object,
  set: Record<string, string>,
  env: Record<string, string | undefined> = process.env,
): Record<string, string> {
  const secrets = new Set(
    envFieldsOf(schema)
      .filter((field) => field.secret === true)
      .map((field) => field.name),
  );
  const inherited = Object.entries(env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !secrets.has(entry[0]),
  );
  return { ...Object.fromEntries(inherited), ...set };
}
