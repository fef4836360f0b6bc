import type { ServerResponse } from 'node:http';
import { Shutdown } from '@modelyard/platform-service';
import { Injectable } from '@nestjs/common';

/**
 * The event streams that are open. They would hold up a shutdown for ever, so it ends them; their clients come back
 * to another replica and go on after the last event that they saw.
 */
@Injectable()
export class OpenStreams {
  private readonly open = new Set<ServerResponse>();

  constructor({ signal }: Shutdown) {
    signal.addEventListener('abort', () => {
      for (const response of this.open) response.destroy();
    });
  }

  add(response: ServerResponse): void {
    this.open.add(response);
    response.once('close', () => this.open.delete(response));
  }
}

export function isEventStream(contentType: string | string[] | undefined): boolean {
  return String(contentType ?? '').startsWith('text/event-stream');
}
