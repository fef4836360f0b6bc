import { createServer } from 'node:net';
import { SetupError } from '../setup/run-command.mjs';

/** @returns {Promise<import('node:net').Server | undefined>} a server that holds the port (0: any free one) */
function hold(port, host = '127.0.0.1') {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host, exclusive: true }, () => resolve(server));
  });
}

const portOf = (server) => /** @type {import('node:net').AddressInfo} */ (server.address()).port;
const release = (server) => new Promise((resolve) => server.close(resolve));

/**
 * A port for each name: the preferred one, else any free one. All are held until the last is found, so that no two
 * names get the same.
 * @param {Record<string, number>} preferred 0 for any
 * @returns {Promise<Record<string, number>>}
 */
export async function distinctPorts(preferred) {
  const held = [];
  try {
    const ports = {};
    for (const [name, port] of Object.entries(preferred)) {
      const server = (await hold(port)) ?? (await hold(0));
      if (server === undefined) throw new SetupError('No free port was found.');
      held.push(server);
      ports[name] = portOf(server);
    }
    return ports;
  } finally {
    await Promise.all(held.map(release));
  }
}

/** Says what to do when a port that somebody typed in is taken. */
export async function requirePort(port) {
  const server = await hold(port);
  if (server === undefined) {
    throw new SetupError(`Port ${port} is in use. Stop what uses it, or choose another: --port <number>.`);
  }
  await release(server);
}
