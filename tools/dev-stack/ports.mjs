import { createServer } from 'node:net';
import { SetupError } from '../setup/run-command.mjs';

/** @returns {Promise<number | undefined>} the port if it can be listened on (0: any free one), else undefined */
export function tryPort(port, host = '127.0.0.1') {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host, exclusive: true }, () => {
      const { port: bound } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(bound));
    });
  });
}

/** The preferred port, else any free one: for ports that nobody types in. */
export async function anyPort(preferred) {
  return (
    (await tryPort(preferred)) ??
    (await tryPort(0)) ??
    Promise.reject(new SetupError('No free port was found.'))
  );
}

/** The port itself, or a sentence that says what to do: for the public port. */
export async function requirePort(port) {
  const bound = await tryPort(port);
  if (bound === undefined) {
    throw new SetupError(`Port ${port} is in use. Stop what uses it, or choose another: --port <number>.`);
  }
  return bound;
}
