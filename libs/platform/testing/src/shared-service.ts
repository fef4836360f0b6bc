/**
 * The URL of a service that Jest's globalSetup (tools/jest/start-services.cjs) started, or that the person who runs
 * the tests gave.
 */
export function sharedServiceUrl(variable: string): string {
  const url = process.env[variable];
  if (url === undefined || url === '') {
    throw new Error(
      `${variable} is not set: tests on real services are named *.int-spec.ts, and run by tools/jest/run.mjs.`,
    );
  }
  return url;
}
