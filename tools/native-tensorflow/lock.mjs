import { createHash } from 'node:crypto';
import { connect, createServer } from 'node:net';

/**
 * Runs `work` while no other process on this machine runs it for the same name.
 *
 * The lock is a socket in Linux's abstract namespace (elsewhere a named pipe or a socket file): the kernel lets go of
 * it when its owner dies, however that happens, so there is no stale lock to detect. Whoever waits connects to the
 * owner and is woken by the end of that connection.
 * @template T @param {string} name @param {() => Promise<T>} work @param {() => void} [onWait] called once if it must wait
 * @returns {Promise<T>}
 */
export async function withLock(name, work, onWait = () => {}) {
  const address = addressOf(name);
  let waited = false;
  for (;;) {
    const server = await listen(address);
    if (server !== undefined) {
      try {
        return await work();
      } finally {
        await server.release();
      }
    }
    if (!waited) onWait();
    waited = true;
    await ownerGone(address);
  }
}

function addressOf(name) {
  const id = `modelyard-${createHash('sha256').update(name).digest('hex').slice(0, 32)}`;
  if (process.platform === 'linux') return `\0${id}`;
  return process.platform === 'win32' ? `\\\\.\\pipe\\${id}` : `/tmp/${id}.sock`;
}

/** @returns {Promise<{ release(): Promise<void> } | undefined>} undefined when another process has the address */
function listen(address) {
  return new Promise((resolve, reject) => {
    const waiting = new Set();
    const server = createServer((socket) => {
      waiting.add(socket.on('error', () => {}).on('close', () => waiting.delete(socket)));
    });
    server.unref();
    server.once('error', (error) => (error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error)));
    server.listen(address, () =>
      resolve({
        release: () =>
          new Promise((done) => {
            server.close(() => done());
            for (const socket of waiting) socket.destroy();
          }),
      }),
    );
  });
}

function ownerGone(address) {
  return new Promise((resolve) => {
    const socket = connect(address);
    socket.on('error', () => {}); // refused: the owner went between our two calls
    socket.on('close', () => resolve());
    socket.resume();
  });
}
