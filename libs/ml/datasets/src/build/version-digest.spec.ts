import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import type { TableEngine } from '@modelyard/ml-tables';
import { column, stagePixels, stageRows } from '../testing/staged';
import type { StagedRow } from '../testing/staged';
import { Workspace } from '../testing/workspace';
import { buildVersion } from './build-version';
import { collectTableRows } from './collect-samples';
import { SAMPLES } from './names';
import { tableSchema } from './schemas';
import { versionDigest } from './version-digest';
import type { BuiltVersion } from './version-to-build';

const workspace = new Workspace();
afterAll(() => workspace.close());
const { store, folder } = workspace;
let engine: TableEngine;
beforeAll(async () => {
  engine = await workspace.engine();
});

const COLUMNS = [
  column('size', 'numeric'),
  column('count', 'integer'),
  column('ripe', 'boolean'),
  column('farm', 'text'),
  column('day', 'date'),
  column('kind', 'categorical', 'target'),
];
const FEATURES = COLUMNS.length - 1;
type Values = [number | null, number | null, boolean | null, string | null, string | null, string];

const built = async (rows: StagedRow[]): Promise<BuiltVersion> =>
  buildVersion({ engine, folder, store, ...(await stageRows(engine, COLUMNS, rows)) });
/** Of the rows alone, which takes less time than a whole version. */
async function digestOf(rows: unknown[][]): Promise<string> {
  const { staged } = await stageRows(
    engine,
    COLUMNS,
    rows.map((values) => ({ values })),
  );
  await collectTableRows(engine, staged, 100, { rows: 0, parts: 0 });
  return versionDigest(engine, tableSchema(staged, ['apple', 'pear'], []), 'stratified');
}

// What could be taken for the end of a text, for no value, or for another column's value.
const texts = fc.string({
  unit: fc.constantFrom('a', 'N', '1', ':', '\u001f', '\u0001', 'ß', '😀'),
  maxLength: 4,
});
const values: fc.Arbitrary<Values> = fc.tuple(
  fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })),
  fc.option(fc.integer()),
  fc.option(fc.boolean()),
  fc.option(texts),
  fc.option(fc.constantFrom('2026-01-02T03:04:05', '1969-12-31T23:59:59')),
  fc.constantFrom('apple', 'pear'),
);
const rows = fc.array(values, { minLength: 1, maxLength: 8 });

/** The same keys written by hand: the digest of a version must not change with the library that makes it. */
function keyOf([size, count, ripe, farm, day]: Values): Buffer {
  const word = (bits: bigint): Buffer => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64BE(BigInt.asUintN(64, bits));
    return bytes;
  };
  const integer = (value: number): Buffer => word(BigInt(value) ^ (1n << 63n));
  const double = (value: number): Buffer => {
    if (value === 0) return word(1n << 63n);
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleBE(value);
    const bits = bytes.readBigUInt64BE();
    return word(bits >> 63n === 0n ? bits | (1n << 63n) : ~bits);
  };
  const text = (value: string): Buffer =>
    Buffer.concat([Buffer.from(value, 'utf8').map((byte) => byte + 1), Buffer.from([0])]);
  const field = (value: Buffer | null): Buffer =>
    value === null ? Buffer.from([2]) : Buffer.concat([Buffer.from([1]), value]);
  return Buffer.concat(
    [
      size === null ? null : double(size),
      count === null ? null : integer(count),
      ripe === null ? null : Buffer.from([ripe ? 1 : 0]),
      farm === null ? null : text(farm),
      day === null ? null : integer(Date.parse(`${day}Z`) * 1000),
      text(''),
    ].map(field),
  );
}

describe('the digest of a table', () => {
  it('depends on no order of the rows, and on no way to write a number', async () => {
    await fc.assert(
      fc.asyncProperty(rows, fc.array(fc.nat(), { minLength: 8, maxLength: 8 }), async (all, keys) => {
        const shuffled = all
          .map((row, index) => ({ row, key: keys[index] as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ row: [size, ...rest] }) => [size === null ? null : longNumber(size), ...rest]);
        expect(await digestOf(shuffled)).toBe(await digestOf(all));
      }),
      { numRuns: 12 },
    );
  });

  it('is another one with any other value, class or number of copies', async () => {
    await fc.assert(
      fc.asyncProperty(rows, values, fc.nat(), fc.nat(FEATURES), async (all, other, which, at) => {
        const row = which % all.length;
        const changed = all.map((one, index) => (index === row ? one.with(at, other[at] ?? null) : one));
        fc.pre(all[row]?.[at] !== other[at]);
        fc.pre(!(all[row]?.[at] === 0 && other[at] === 0));
        const digest = await digestOf(all);
        expect(await digestOf(changed)).not.toBe(digest);
        expect(await digestOf([...all, all[row] as Values])).not.toBe(digest);
      }),
      { numRuns: 12 },
    );
  });

  it('is made of SHA-256 of keys that are what they always were', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (all) => {
        await digestOf(all);
        const found = await engine.rows<{ content: string; digest: string }>(
          `select content, digest from ${SAMPLES} order by "row"`,
        );
        const expected = all.map((one) => {
          const content = sha256(keyOf(one));
          const digest = sha256(Buffer.concat([Buffer.from(`${one[FEATURES] as string}\0`), content]));
          return { content: content.toString('hex'), digest: digest.toString('hex') };
        });
        expect(found).toEqual(expected);
      }),
      { numRuns: 12 },
    );
  });

  it('holds a table of nothing but classes, and one of a single small column', async () => {
    for (const columns of [
      COLUMNS.slice(FEATURES),
      [column('ripe', 'boolean'), ...COLUMNS.slice(FEATURES)],
    ]) {
      const staged = await stageRows(engine, columns, [
        { values: columns.length === 1 ? ['apple'] : [true, 'apple'] },
        { values: columns.length === 1 ? ['pear'] : [false, 'pear'] },
      ]);
      const { version } = await buildVersion({ engine, folder, store, ...staged });
      expect(version.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    }
  });

  it('counts a division that came with the samples, and no other', async () => {
    const all: StagedRow[] = Array.from({ length: 6 }, (_, i) => ({
      values: [i, i, true, 'x', null, i % 2 === 0 ? 'apple' : 'pear'],
      split: i < 4 ? 'train' : i === 4 ? 'validation' : 'test',
    }));
    const given = (await built(all)).version.digest;
    expect((await built([...all].reverse())).version.digest).toBe(given);
    expect(
      (await built(all.map((row, i) => (i === 0 ? { ...row, split: 'test' } : row)))).version.digest,
    ).not.toBe(given);
    const staged = await stageRows(engine, COLUMNS, all);
    const anew = (seed: number) =>
      buildVersion({ engine, folder, store, ...staged, split: { method: 'stratified', seed } });
    expect((await anew(1)).version.digest).toBe((await anew(2)).version.digest);
  });
});

it('gives images one digest in whatever order and parts they lie', async () => {
  const images = Array.from({ length: 10 }, (_, i) => ({
    pixels: [i, 9 - i],
    label: String(i % 2),
    name: `${i}`,
  }));
  const of = async (some: typeof images, perPart: number) =>
    (
      await buildVersion({
        engine,
        folder,
        store,
        ...(await stagePixels(engine, store, [1, 2, 1], some, perPart)),
      })
    ).version.digest;
  const digest = await of(images, 3);
  expect(await of([...images].reverse(), 4)).toBe(digest);
  expect(await of(images.with(0, { pixels: [1, 9], label: '0', name: '0' }), 3)).not.toBe(digest);
  expect(await of(images.with(0, { pixels: [0, 9], label: '1', name: '0' }), 3)).not.toBe(digest);
});

/** `1` as `1.00`, `1.5` as `1.50`, `1e30` as `1e+030`. */
function longNumber(value: number): string {
  const text = String(value);
  if (text.includes('e')) return text.replace(/e([+-])/, 'e$10');
  return text.includes('.') ? `${text}0` : `${text}.00`;
}

function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest().subarray(0, 16);
}
