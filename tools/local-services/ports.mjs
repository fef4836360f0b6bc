import { once } from 'node:events';
import { createServer } from 'node:net';

/** A port of 127.0.0.1 that was free a moment ago; whoever uses it must be ready to lose the race and ask again. */
export async function freePort() {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** Throws one clear sentence when the port is taken. */
export async function requireFree(port, name) {
  // Somebody who waits for the service may connect to this socket instead, and must not keep it open.
  const server = createServer((socket) => socket.destroy());
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    if (error.code !== 'EADDRINUSE') throw error;
    throw new Error(
      `Port ${port}, meant for ${name}, is in use by another process. Stop it, or choose another port.`,
      {
        cause: error,
      },
    );
  }
  server.close();
  await once(server, 'close');
}
