import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SourceFile } from '@modelyard/ml-tables';
import { unfoldLimit, unpackLimits } from './unpack-limits';

const MIB = 1024 ** 2;
let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'limits-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function fileOf(size: number): SourceFile {
  const path = join(folder, `file-${size}`);
  writeFileSync(path, '');
  truncateSync(path, size);
  return { path, name: 'table.csv.gz' };
}

it('lets small tables unfold to much, and large ones to many times their size', async () => {
  expect(await unfoldLimit([fileOf(1_000)], 1024 * MIB)).toBe(256 * MIB);
  expect(await unfoldLimit([fileOf(1_000), fileOf(2 * MIB)], 1024 * MIB)).toBe(400 * MIB);
});

it('lets none unfold to more than an import may have', async () => {
  expect(await unfoldLimit([fileOf(1_000)], 5)).toBe(5);
  expect(unpackLimits(5)).toEqual({ bytes: 5 });
  expect(unpackLimits(undefined)).toEqual({});
});
