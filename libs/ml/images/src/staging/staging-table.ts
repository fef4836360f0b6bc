import type { TableEngine } from '@modelyard/ml-tables';
import type { RejectedImage, StagedRow } from './staged-sample';

type Appender = Awaited<ReturnType<TableEngine['appender']>>;

const TABLES = [
  `create or replace table staged(row bigint, label varchar, split varchar, name varchar, width integer,
    height integer, channels integer, format varchar, digest blob, part integer, pos integer)`,
  `create or replace table rejects(file varchar, line bigint, column_name varchar, value varchar, reason varchar,
    raw varchar)`,
];

/** The tables that a version is built from: `staged` and `rejects`. */
export class StagingTable {
  private rows = 0;

  private constructor(
    private readonly staged: Appender,
    private readonly rejects: Appender,
  ) {}

  static async create(engine: TableEngine): Promise<StagingTable> {
    for (const statement of TABLES) await engine.run(statement);
    return new StagingTable(await engine.appender('staged'), await engine.appender('rejects'));
  }

  /** The rows of one part, in the part's order, and what was rejected on the way. */
  append(part: number, rows: readonly StagedRow[], rejected: readonly RejectedImage[]): void {
    const { staged } = this;
    for (const [pos, row] of rows.entries()) {
      staged.appendBigInt(BigInt(this.rows++));
      staged.appendVarchar(row.label);
      if (row.split === null) staged.appendNull();
      else staged.appendVarchar(row.split);
      staged.appendVarchar(row.name);
      staged.appendInteger(row.width);
      staged.appendInteger(row.height);
      staged.appendInteger(row.channels);
      staged.appendVarchar(row.format);
      staged.appendBlob(row.digest);
      staged.appendInteger(part);
      staged.appendInteger(pos);
      staged.endRow();
    }
    staged.flushSync();
    for (const { name, reason } of rejected) {
      this.rejects.appendVarchar(name);
      for (let column = 0; column < 3; column++) this.rejects.appendNull();
      this.rejects.appendVarchar(reason);
      this.rejects.appendNull();
      this.rejects.endRow();
    }
    this.rejects.flushSync();
  }

  close(): void {
    this.staged.closeSync();
    this.rejects.closeSync();
  }
}
