import { Readable } from 'node:stream';
import type { FollowedEvent } from './follow-events';

/** How long a client waits before it connects again, in milliseconds. */
const RETRY_MS = 2_000;

/** Writes events as server-sent events: `id` is the number to go on from, `data` the whole event as JSON. */
export function toEventStream(events: AsyncIterable<FollowedEvent | 'heartbeat'>): Readable {
  return Readable.from(lines(events), { objectMode: false });
}

async function* lines(events: AsyncIterable<FollowedEvent | 'heartbeat'>): AsyncGenerator<string> {
  yield `retry: ${RETRY_MS}\n\n`; // at once, so that the client knows that it is connected
  for await (const event of events) {
    if (event === 'heartbeat') yield ': heartbeat\n\n';
    else yield `id: ${event.seq}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
  }
}
