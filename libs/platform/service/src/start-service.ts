import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { HealthRegistry, Logger, startTracing } from '@modelyard/platform-observability';
import { createApp } from './create-app';
import type { RunningService, ServiceDefinition } from './service-definition';
import { explainListenError } from './startup-error';
import { stopApp } from './stop-app';

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/**
 * Starts a service and keeps it running until SIGTERM or SIGINT, which stop it in order and end the process with 0
 * (a second signal ends it at once, with 1).
 *
 * @throws StartupError when it cannot listen; whatever the service's modules throw when they cannot start
 */
export async function startService(definition: ServiceDefinition): Promise<RunningService> {
  const { config, name } = definition;
  const forgetSignals = exitOnSignal(); // as the first process of a container it would not die of them by itself
  const endpoint = config.otlpEndpoint === undefined ? {} : { endpoint: config.otlpEndpoint };
  const stopTracing = await startTracing({ service: name, ...endpoint });
  const { app, url } = await open(definition).catch((error: unknown) => {
    forgetSignals();
    throw error;
  });
  const logger = app.get(Logger);
  app.get(HealthRegistry).setReady(true);

  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopping ??= stopApp(app, logger, { drainMs: config.shutdownDrainMs, graceMs: config.shutdownGraceMs })
      .finally(stopTracing)
      .finally(() => SIGNALS.forEach((signal) => process.off(signal, onSignal)));
    return stopping;
  };
  const onSignal = (signal: string): void => {
    if (stopping !== undefined) process.exit(1);
    logger.info({ signal }, `${name} is stopping`);
    stop().then(
      () => {
        logger.info(`${name} has stopped`);
        process.exit(0);
      },
      (error: unknown) => {
        logger.error({ err: error }, `${name} did not stop in order`);
        process.exit(1);
      },
    );
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  // Only now: without any listener in between, a signal that came while the process was busy would be lost.
  forgetSignals();
  logger.info({ url, startMs: Math.round(performance.now()) }, `${name} is ready`);
  return { app, url, stop };
}

/** Until the service runs there is nothing to stop in order: what it has begun, the database rolls back. */
function exitOnSignal(): () => void {
  const exit = (): never => process.exit(0);
  for (const signal of SIGNALS) process.on(signal, exit);
  return () => SIGNALS.forEach((signal) => process.off(signal, exit));
}

async function open(definition: ServiceDefinition): Promise<{ app: NestFastifyApplication; url: string }> {
  const app = await createApp(definition);
  return { app, url: await listen(app, definition.config.host, definition.config.port) };
}

async function listen(app: NestFastifyApplication, host: string, port: number): Promise<string> {
  try {
    await app.listen(port, host);
  } catch (error) {
    await app.close();
    throw explainListenError(error, host, port);
  }
  return await app.getUrl();
}
