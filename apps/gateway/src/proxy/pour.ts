import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';

/**
 * Lets an answer run to the client, as fast as the client takes it. Like `pipeline`, which makes and aborts an
 * AbortController for each call and so costs as much as the rest of the way.
 *
 * @returns when the client has it all or is gone; the source must be ended by the caller then
 * @throws what the source failed with; the client's connection is broken by then, the only sign left to give
 */
export function pour(source: Readable, response: ServerResponse): Promise<void> {
  return new Promise((resolve, reject) => {
    source.once('error', (error) => {
      response.destroy();
      reject(error);
    });
    response.once('close', () => resolve());
    source.pipe(response);
  });
}
