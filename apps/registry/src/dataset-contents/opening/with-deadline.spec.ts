import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TableEngine } from '@modelyard/ml-tables';
import { withDeadline } from './with-deadline';

/** Takes minutes. */
const SLOW = 'select count(*) from range(1000000) a(i), range(1000000) b(j) where i * j % 7 = 3';

describe('withDeadline', () => {
  const folder = mkdtempSync(join(tmpdir(), 'deadline-'));
  let engine: TableEngine;
  beforeAll(async () => (engine = await TableEngine.open({ folder })));
  afterAll(() => {
    engine.close();
    rmSync(folder, { recursive: true });
  });

  it('breaks off what takes too long, and leaves an engine that can be asked again', async () => {
    await expect(withDeadline(engine, { milliseconds: 50 }, () => engine.rows(SLOW))).rejects.toMatchObject({
      code: 'DEADLINE_EXCEEDED',
    });
    await expect(engine.row('select 1 as one')).resolves.toEqual({ one: 1 });
  });

  it('breaks off what nobody waits for', async () => {
    const leaving = new AbortController();
    const asked = withDeadline(engine, { milliseconds: 60_000, signal: leaving.signal }, () => {
      setImmediate(() => leaving.abort());
      return engine.rows(SLOW);
    });
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
    await expect(engine.row('select 1 as one')).resolves.toEqual({ one: 1 });
  });

  it('passes on what goes wrong in time', async () => {
    await expect(
      withDeadline(engine, { milliseconds: 60_000 }, () => engine.rows('select nothing')),
    ).rejects.toThrow('nothing');
  });
});
