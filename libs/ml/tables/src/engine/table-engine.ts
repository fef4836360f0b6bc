import { mkdir } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import type * as DuckDB from '@duckdb/node-api';
import type { DuckDBConnection, DuckDBDataChunk, DuckDBValue } from '@duckdb/node-api';
import { toPlain } from './plain-values';
import type { PlainValue } from './plain-values';
import { TableError } from '../table-error';

export interface TableEngineOptions {
  /** A folder of the engine's own: what does not fit into memory is spilled here. It is made when it is missing. */
  folder: string;
  /** Folders whose files the engine may read and write, besides its own; it opens nothing outside of them. */
  folders?: string[];
  /** MiB that DuckDB's buffers may take; the process itself takes more. */
  memoryMiB?: number;
  threads?: number;
  /** GiB that may be spilled to the disk. */
  spillGiB?: number;
}

/** What a statement's `$1`, `$2` … stand for. Users' text gets into a statement in no other way. */
export type Parameter = DuckDBValue;

/**
 * DuckDB in this process, without a network, without extensions that are not built in, and without files outside of
 * its folders. Its work runs on threads of its own; the event loop stays free.
 */
export class TableEngine {
  private constructor(
    private readonly connection: DuckDBConnection,
    private readonly release: () => void,
    /** Absolute, each with a separator at its end. */
    private readonly folders: string[],
  ) {}

  static async open(options: TableEngineOptions): Promise<TableEngine> {
    // DuckDB takes 70 MB of memory and a moment: a service that never meets a table does not load it.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { DuckDBInstance } = require('@duckdb/node-api') as typeof DuckDB;
    const spill = resolve(options.folder, 'spill');
    await mkdir(spill, { recursive: true });
    const instance = await DuckDBInstance.create(':memory:', {
      memory_limit: `${options.memoryMiB ?? 400}MiB`,
      threads: String(options.threads ?? 2),
      temp_directory: spill,
      max_temp_directory_size: `${options.spillGiB ?? 32}GiB`,
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      preserve_insertion_order: 'true',
    });
    const connection = await instance.connect();
    const folders = [options.folder, ...(options.folders ?? [])].map((folder) => resolve(folder) + sep);
    const list = folders.map((folder) => `'${folder.replaceAll("'", "''")}'`).join(', ');
    await connection.run(`set allowed_directories = [${list}]`);
    await connection.run(`set TimeZone = 'UTC'`);
    await connection.run(`set enable_external_access = false`);
    await connection.run(`set lock_configuration = true`);
    const release = (): void => {
      connection.closeSync();
      instance.closeSync();
    };
    return new TableEngine(connection, release, folders);
  }

  /** Runs a statement. @throws TableError with DuckDB's message */
  async run(statement: string, parameters: Parameter[] = []): Promise<void> {
    await this.guarded(async () => void (await this.connection.run(statement, parameters)));
  }

  /** All rows of a result, as plain values (numbers, text, booleans, null; 64-bit integers as numbers where they fit). */
  async rows<T extends Record<string, PlainValue>>(
    statement: string,
    parameters: Parameter[] = [],
  ): Promise<T[]> {
    return this.guarded(async () => {
      const reader = await this.connection.runAndReadAll(statement, parameters);
      return reader
        .getRowObjects()
        .map((row) => Object.fromEntries(Object.entries(row).map(([k, v]) => [k, toPlain(v)])) as T);
    });
  }

  /** The only row of a result that has exactly one. */
  async row<T extends Record<string, PlainValue>>(
    statement: string,
    parameters: Parameter[] = [],
  ): Promise<T> {
    const [row] = await this.rows<T>(statement, parameters);
    if (row === undefined) throw new TableError('The statement gave no row.');
    return row;
  }

  /** A large result, chunk by chunk (of up to 2,048 rows), in constant memory. */
  async *chunks(statement: string, parameters: Parameter[] = []): AsyncGenerator<DuckDBDataChunk> {
    const result = await this.guarded(() => this.connection.stream(statement, parameters));
    for (;;) {
      const chunk = await this.guarded(() => result.fetchChunk());
      if (chunk === null || chunk.rowCount === 0) return;
      yield chunk;
    }
  }

  /** Adds rows to a table, far faster than statements do. `close` it, or nothing may arrive. */
  async appender(table: string): Promise<Awaited<ReturnType<DuckDBConnection['createAppender']>>> {
    return this.guarded(() => this.connection.createAppender(table));
  }

  /** Breaks off the statement in progress, which then throws. */
  interrupt(): void {
    this.connection.interrupt();
  }

  close(): void {
    this.release();
  }

  private async guarded<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof TableError) throw error;
      // By its shape: the addon's errors may be of another realm.
      const { message = String(error) } = error as Partial<Error>;
      throw new TableError(this.withoutPaths(message), { cause: error });
    }
  }

  /** People read DuckDB's messages, and where our files lie is nothing to them. */
  private withoutPaths(message: string): string {
    return this.folders.reduce((text, folder) => text.replaceAll(folder, ''), message);
  }
}
