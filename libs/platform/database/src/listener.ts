import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '@modelyard/platform-observability';
import { Client } from 'pg';

type Heard = (payload: string | undefined) => void;

const RETRY_MS = { first: 100, most: 5_000 };

/** One connection that LISTENs on behalf of everyone in the process; opened for the first, and reopened when lost. */
export class Listener {
  private readonly channels = new Map<string, Set<Heard>>();
  private client: Client | undefined;
  private connecting: Promise<void> | undefined;
  private readonly closing = new AbortController();

  constructor(
    private readonly url: string,
    private readonly logger: Logger,
  ) {}

  /** Resolves when the channel is being listened to, however long PostgreSQL is away. */
  async listen(channel: string, heard: Heard): Promise<() => Promise<void>> {
    const listeners = this.channels.get(channel) ?? new Set();
    this.channels.set(channel, listeners.add(heard));
    if (this.client === undefined) await (this.connecting ??= this.connect(false));
    else if (listeners.size === 1) await this.client.query(`LISTEN ${quote(channel)}`).catch(() => {});
    return async () => {
      listeners.delete(heard);
      if (listeners.size > 0) return;
      this.channels.delete(channel);
      await this.client?.query(`UNLISTEN ${quote(channel)}`).catch(() => {});
    };
  }

  async close(): Promise<void> {
    this.closing.abort();
    this.channels.clear();
    await this.connecting?.catch(() => {});
    const { client } = this;
    this.client = undefined;
    await client?.end().catch(() => {});
  }

  private async connect(again: boolean): Promise<void> {
    for (let wait = RETRY_MS.first; !this.closing.signal.aborted; wait = Math.min(wait * 2, RETRY_MS.most)) {
      const client = new Client({
        connectionString: this.url,
        keepAlive: true,
        connectionTimeoutMillis: RETRY_MS.most,
        application_name: 'modelyard listener',
      });
      client.on('error', () => this.lost(client));
      client.on('end', () => this.lost(client));
      client.on('notification', ({ channel, payload }) => this.tell(channel, payload));
      try {
        await client.connect();
        for (const channel of this.channels.keys()) await client.query(`LISTEN ${quote(channel)}`);
        this.client = client;
        this.connecting = undefined;
        if (again) for (const channel of this.channels.keys()) this.tell(channel, undefined);
        return;
      } catch {
        await client.end().catch(() => {});
        await delay(wait, undefined, { signal: this.closing.signal }).catch(() => {});
      }
    }
  }

  private lost(client: Client): void {
    if (this.client !== client || this.closing.signal.aborted) return;
    this.logger.warn({}, 'the connection that listens to the database was lost; reconnecting');
    this.client = undefined;
    void client.end().catch(() => {});
    this.connecting = this.connect(true);
  }

  private tell(channel: string, payload: string | undefined): void {
    for (const heard of this.channels.get(channel) ?? []) {
      try {
        heard(payload);
      } catch (error) {
        this.logger.error({ err: error, channel }, 'a listener of the database failed');
      }
    }
  }
}

function quote(channel: string): string {
  return `"${channel.replaceAll('"', '""')}"`;
}
