import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { TableEngine } from '@modelyard/ml-tables';
import type { Attachment } from './attachment';
import type { RowFormat } from './write-rows';
import { writeRows } from './write-rows';

const columns = ['row', 'a', 'b'].map((name) => ({
  name,
  expression: `"${name}"`,
  type: 'numeric' as const,
}));
const FORMATS: RowFormat[] = ['csv', 'jsonl', 'parquet'];

describe('writeRows', () => {
  const folder = mkdtempSync(join(tmpdir(), 'write-'));
  let engine: TableEngine;
  beforeAll(async () => {
    engine = await TableEngine.open({ folder });
    await engine.run('create table r as select i as row, hash(i) as a, i / 7 as b from range(300000) t(i)');
  });
  afterAll(() => {
    engine.close();
    rmSync(folder, { recursive: true });
  });
  afterEach(() => rmSync(join(folder, 'rows'), { force: true }));

  const write = async (
    format: RowFormat,
    soonMs?: number,
    relation = 'r',
  ): Promise<{ sent: Omit<Attachment, 'stream'>; bytes: Buffer }> => {
    let reading: Promise<Buffer> | undefined;
    let sent: Omit<Attachment, 'stream'> | undefined;
    const rows = { relation, columns, selection: { filterable: columns }, format, name: 'rows' };
    const send = ({ stream, ...described }: Attachment): void => {
      reading = buffer(stream);
      sent = described;
    };
    await writeRows({ engine, folder }, rows, send, soonMs);
    return { sent: sent as Omit<Attachment, 'stream'>, bytes: await (reading as Promise<Buffer>) };
  };

  it.each(FORMATS)('sends %s as it is written, or whole, and it is the same', async (format) => {
    const early = await write(format, 0);
    expect(early.sent).not.toHaveProperty('size');
    expect(early.bytes.equals(readFileSync(join(folder, 'rows')))).toBe(true);
    rmSync(join(folder, 'rows'));
    const whole = await write(format);
    expect(whole.sent).toEqual({ ...early.sent, size: whole.bytes.length });
    expect(whole.bytes.equals(readFileSync(join(folder, 'rows')))).toBe(true);
  });

  it('says what is wrong when nothing was sent yet', async () => {
    await expect(write('csv', undefined, 'nothing')).rejects.toThrow('nothing');
  });
});
