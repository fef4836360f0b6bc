import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import fc from 'fast-check';
import { ContractError } from './contract-error';
import { CONTRACT_JSON_SCHEMA, parseContract } from './parse-contract';

const root = join(__dirname, '../../../..');
const validate = new Ajv2020({ allErrors: true, strict: true }).compile(CONTRACT_JSON_SCHEMA);

const share = fc.double({ min: 0, max: 1, noNaN: true });
const limits = fc.record({ maximumPsi: fc.constant(0.25), maximumJensenShannon: fc.constant(0.1) });
const column = fc.record(
  {
    required: fc.boolean(),
    maximumNullShare: share,
    unique: fc.boolean(),
    minimum: fc.oneof(fc.integer(), fc.constantFrom('2026-01-31', '2026-02-30', 'soon')),
    allowed: fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.integer(), fc.boolean()), { maxLength: 3 }),
    pattern: fc.constantFrom('[a-z]+', '[*+]', '\\d{2}', '(', '(?=a)', 'a++'),
    minimumLength: fc.nat(),
    drift: limits,
  },
  { requiredKeys: [] },
);
const contract = fc.record(
  {
    kind: fc.constant('table'),
    policy: fc.constantFrom('reject', 'quarantine', 'warn'),
    rows: fc.record({ minimum: fc.nat(10), maximum: fc.nat(10) }, { requiredKeys: [] }),
    columns: fc.dictionary(fc.oneof(fc.string(), fc.constant('__proto__')), column, { maxKeys: 3 }),
    closed: fc.boolean(),
    classes: fc.record(
      { allowed: fc.array(fc.string({ unit: 'binary' }), { maxLength: 3 }), minimumShare: share },
      { requiredKeys: [] },
    ),
    duplicates: fc.record({ maximumShare: share }),
    drift: limits,
  },
  { requiredKeys: ['kind', 'policy'] },
);
/** Contracts, nearly contracts, and anything else. */
const anything = fc.oneof(
  { weight: 3, arbitrary: contract },
  {
    weight: 2,
    arbitrary: fc
      .tuple(contract, fc.constantFrom('rows', 'columns', 'classes', 'drift', 'kind', 'more'), fc.jsonValue())
      .map(([good, key, value]) => ({ ...good, [key]: value })),
  },
  { weight: 1, arbitrary: fc.jsonValue() },
);

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

describe('parseContract', () => {
  it('reads the example, which is the one of the page on datasets', () => {
    const example = readFileSync(join(root, 'examples/contracts/penguins.json'), 'utf8');
    const parsed = parseContract(JSON.parse(example));
    expect(parsed).toEqual(JSON.parse(example));
    expect(readFileSync(join(root, 'docs/DATASETS.md'), 'utf8')).toContain(example);
  });

  it('gives a contract that it reads again, or every problem with its path', () => {
    let read = 0;
    fc.assert(
      fc.property(anything, (value) => {
        const json = plain(value);
        try {
          const parsed = parseContract(json);
          expect(parsed).toEqual(json);
          expect(parseContract(plain(parsed))).toEqual(parsed);
          read += 1;
        } catch (error) {
          if (!(error instanceof ContractError)) throw error;
          expect(error.fields.length).toBeGreaterThan(0);
          for (const { path, message } of error.fields) {
            expect([typeof path, message.length > 0]).toEqual(['string', true]);
          }
        }
      }),
      { numRuns: 500 },
    );
    expect(read).toBeGreaterThan(20);
  });

  it('takes nothing that the JSON Schema refuses', () => {
    fc.assert(
      fc.property(anything, (value) => {
        const json = plain(value);
        if (!validate(json)) expect(() => parseContract(json)).toThrow(ContractError);
      }),
      { numRuns: 500 },
    );
  });

  it('refuses what fits the JSON Schema only for what a schema cannot say', () => {
    const known =
      /RE2|regular expression|such as "2026|above m|both must be|is a rule of|the column is|which `/;
    fc.assert(
      fc.property(anything, (value) => {
        const json = plain(value);
        if (!validate(json)) return;
        try {
          parseContract(json);
        } catch (error) {
          for (const { message } of (error as ContractError).fields) expect(message).toMatch(known);
        }
      }),
      { numRuns: 500 },
    );
  });

  it.each<[string, object, string]>([
    ['an unknown rule', { colums: {} }, 'colums: is not known here. Did you mean "columns"?'],
    ['February 30', { columns: { a: { minimum: '2026-02-30' } } }, 'columns.a.minimum: is "2026-02-30"'],
    ['limits that cross', { rows: { minimum: 2, maximum: 1 } }, 'rows.minimum: is 2, above maximum'],
    ['a look ahead', { columns: { a: { pattern: '(?=a)' } } }, 'columns.a.pattern: looks ahead'],
    ['drift without a limit', { drift: {} }, 'drift: has no limit'],
    ['a rule of images', { image: { minimumWidth: 1 } }, 'image: is a rule of images'],
  ])('refuses %s', (_what, rules, message) => {
    expect(() => parseContract({ kind: 'table', policy: 'warn', ...rules })).toThrow(message);
  });
});
