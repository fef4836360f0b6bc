import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../setup/paths.mjs';
import { SetupError } from '../setup/run-command.mjs';
import { isAlive, isHeld, waitForLeftovers } from './leftovers.mjs';
import { distinctPorts, requirePort } from './ports.mjs';
import { serviceEnvironment, SERVICES } from './services.mjs';
import { StackState } from './state.mjs';
import { SupervisedProcess } from './supervisor.mjs';
import { waitForOk } from './wait.mjs';

const READY_TIMEOUT_MS = 60_000;
const GRACE_MS = 15_000;

/**
 * Starts PostgreSQL and Redis (unless DATABASE_URL and REDIS_URL name some) and all services, and keeps them running.
 *
 * @param {{ dataFolder?: string, port?: number, inspect?: boolean, onEvent?: (line: string) => void }} [options]
 *   `port` is the gateway's; 0 takes any free one
 * @returns {Promise<Stack>}
 * @throws {SetupError} with one clear sentence: a port in use, no Redis to be had, no space, a service that does not start
 *
 * @typedef {object} Stack
 * @property {string} url the gateway's
 * @property {string} adminKey
 * @property {Record<string, number>} ports
 * @property {StackState} state
 * @property {(names: string[]) => Promise<void>} restart
 * @property {() => Promise<void>} stop stops everything; resolves when no process is left
 */
export async function startStack({
  dataFolder = join(ROOT, '.modelyard'),
  port = 8080,
  onEvent = () => {},
} = {}) {
  const state = new StackState(dataFolder);
  const before = state.read();
  if (isHeld(before)) {
    throw new SetupError(
      `A stack already runs on ${dataFolder} (process ${before.pid}, ${before.url}). Stop it first, or choose another folder: --data <folder>.`,
    );
  }
  if (before !== undefined) await waitForLeftovers(before, GRACE_MS);
  state.prepare();

  if (port !== 0) await requirePort(port);

  const ports = {};
  const backing = new Map();
  const services = new Map();
  const processes = {};
  const record = () =>
    state.write({ pid: process.pid, url: url(), adminKey: state.adminKey(), processes, startedAt });
  const url = () => `http://127.0.0.1:${ports.gateway ?? port}`;
  const startedAt = new Date().toISOString();
  let stopping;
  const stop = () => (stopping ??= stopAll(services, backing, state));

  try {
    const [postgres, redis] = await Promise.all([
      startBacking('postgres', process.env.DATABASE_URL, state.postgres, {
        backing,
        processes,
        record,
        onEvent,
        isStopping: () => stopping !== undefined,
      }),
      startBacking('redis', process.env.REDIS_URL, state.redis, {
        backing,
        processes,
        record,
        onEvent,
        isStopping: () => stopping !== undefined,
      }),
    ]);
    // Chosen once the databases hold theirs: nobody takes a port between its choice and its use.
    Object.assign(
      ports,
      await distinctPorts(
        Object.fromEntries(
          SERVICES.map(({ name, port: usual }) => [name, name === 'gateway' ? port : port === 0 ? 0 : usual]),
        ),
      ),
    );
    const shared = {
      ports,
      databaseUrl: postgres,
      redisUrl: redis,
      artifactStoreUrl: process.env.ARTIFACT_STORE_URL ?? pathToFileURL(state.blobs).href,
      scratchFolder: state.scratch,
      adminKeyFile: state.adminKeyFile,
      internalTokenSecret: state.internalTokenSecret(),
    };
    for (const { name } of SERVICES) {
      const log = join(state.logs, `${name}.log`);
      services.set(
        name,
        new SupervisedProcess({
          name,
          script: join(ROOT, 'apps', name, 'dist/main.js'),
          cwd: ROOT,
          log,
          env: { ...process.env, ...serviceEnvironment(name, shared) },
          onStart: (pid) => {
            processes[name] = { pid, url: `http://127.0.0.1:${ports[name]}`, port: ports[name], log };
            record();
          },
          onExit: () => onEvent(`${name} ended; it is being started again`),
        }),
      );
    }
    await Promise.all([...services.values()].map((service) => service.start()));
    await Promise.all(
      [...services].map(([name, service]) =>
        waitForOk(`http://127.0.0.1:${ports[name]}/health/ready`, {
          timeoutMs: READY_TIMEOUT_MS,
          what: `The ${name} service`,
          lastWords: () => service.lastWords(),
        }),
      ),
    );
    record();
  } catch (error) {
    await stop();
    throw error;
  }

  return {
    url: url(),
    ports,
    state,
    get adminKey() {
      const key = state.adminKey();
      if (key === undefined)
        throw new SetupError(
          `There is no admin key in ${state.adminKeyFile}: the database is not new, but the file is gone.`,
        );
      return key;
    },
    restart: async (names) => {
      await Promise.all(names.map((name) => services.get(name)?.restart(GRACE_MS)));
    },
    stop,
  };
}

/** PostgreSQL or Redis: the one that the environment names, else one of our own that is started again when it dies. */
async function startBacking(name, external, dataFolder, { backing, processes, record, onEvent, isStopping }) {
  if (external !== undefined && external !== '') return external;
  const module = await import(`../local-services/${name}.mjs`);
  const start = name === 'postgres' ? module.startPostgres : module.startRedis;
  let server = await start({ dataDir: dataFolder });
  const { port } = server;
  const note = () => {
    processes[name] = { pid: server.pid, port };
    backing.set(name, server);
    record();
  };
  note();
  // The servers are not our children in every case, so they are watched by their process id.
  const watch = setInterval(() => {
    if (isStopping()) return clearInterval(watch);
    if (server === undefined || isAlive(server.pid)) return undefined;
    const lost = server;
    server = undefined;
    onEvent(`${name} ended; it is being started again`);
    start({ dataDir: dataFolder, port })
      .then((again) => {
        server = again;
        note();
        if (isStopping()) void again.stop();
      })
      .catch((error) => {
        server = lost;
        onEvent(`${name} could not be started again: ${error.message}`);
      });
    return undefined;
  }, 250);
  watch.unref();
  return server.url;
}

async function stopAll(services, backing, state) {
  // The gateway first, so that nothing new comes in; the databases last, so that everyone can say goodbye.
  await services.get('gateway')?.stop(GRACE_MS);
  await Promise.all([...services.values()].map((service) => service.stop(GRACE_MS)));
  await Promise.all([...backing.values()].map((server) => server.stop().catch(() => {})));
  state.clear();
}
