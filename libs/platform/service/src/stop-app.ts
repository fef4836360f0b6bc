import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { HealthRegistry } from '@modelyard/platform-observability';
import type { Logger } from '@modelyard/platform-observability';
import { Shutdown } from './shutdown';

export interface StopTimes {
  /** Between saying "not ready" and closing. */
  drainMs: number;
  /** How long requests and jobs may take to finish. */
  graceMs: number;
}

/** Jobs that were told to stop at the end of their own grace still have to write their checkpoint. */
const AFTER_GRACE_MS = 5_000;
const SWEEP_MS = 50;

/**
 * Stops a service: not ready any more → the drain delay → modules end their work and requests finish → what still
 * hangs after the grace is cut → connections to the outside close.
 *
 * @throws Error when the modules have not closed well after the grace
 */
export async function stopApp(app: NestFastifyApplication, logger: Logger, times: StopTimes): Promise<void> {
  const server = app.getHttpAdapter().getInstance().server;
  app.get(HealthRegistry).setReady(false);
  await wait(times.drainMs);
  app.get(Shutdown).begin();
  // A connection whose request ends now would stay open, idle, for the keep-alive time.
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
  const cut = setTimeout(() => {
    logger.warn({ graceMs: times.graceMs }, 'cutting the requests that did not finish in time');
    server.closeAllConnections();
  }, times.graceMs);
  let deadline: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const fail = (): void => reject(new Error('the service did not close in time'));
    deadline = setTimeout(fail, times.graceMs + AFTER_GRACE_MS);
  });
  try {
    await Promise.race([app.close(), late]);
  } finally {
    clearInterval(sweep);
    clearTimeout(cut);
    clearTimeout(deadline);
  }
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => (ms === 0 ? resolve() : setTimeout(resolve, ms)));
}
