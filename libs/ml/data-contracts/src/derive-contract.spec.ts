import fc from 'fast-check';
import type { DatasetSchema, DatasetStatistics } from '@modelyard/contracts';
import { profileColumns } from '@modelyard/ml-tables';
import { deriveContract } from './derive-contract';
import { parseContract } from './parse-contract';
import { checkPeople, openRoom, PEOPLE, stagePeople } from './testing/staged';
import type { Person, Room } from './testing/staged';

const missing = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 4 });
const person: fc.Arbitrary<Person> = fc.tuple(
  missing(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
  missing(fc.double({ min: -1e15, max: 1e15, noNaN: true })),
  missing(fc.constantFrom('Ulm', '', `'`, 'a\tb', 'ä😀')),
  missing(fc.boolean()),
  missing(fc.constantFrom('2026-01-01', '1582-10-04 12:00:00')),
  missing(fc.string()),
  fc.constantFrom('no', 'yes', 'a\nb', ''),
);

describe('deriveContract', () => {
  let room: Room;
  beforeAll(async () => (room = await openRoom()));
  afterAll(() => room.close());

  it('makes a contract that can be read, and that its own rows keep', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(person, { minLength: 1, maxLength: 30 }), async (people) => {
        await stagePeople(room.engine, people);
        const previous = await versionOf(people);
        const contract = deriveContract(previous.schema, previous.statistics);
        expect(parseContract(JSON.parse(JSON.stringify(contract)))).toEqual(contract);
        const { violations } = await checkPeople(room, people, contract, { previous });
        expect(violations).toEqual([]);
      }),
      { numRuns: 4, endOnFailure: true },
    );
  });

  const versionOf = async (people: Person[]) => {
    const splits = { train: 0, validation: 0, test: 0 };
    const names = [...new Set(people.map((row) => String(row[6])))].sort();
    const statistics: DatasetStatistics = {
      rows: people.length,
      classes: names.map((name) => {
        const rows = people.filter((row) => row[6] === name).length;
        return { name, rows, share: rows / people.length, splits };
      }),
      splits,
      columns: await profileColumns(
        room.engine,
        'staged',
        PEOPLE.map(({ name, type }, index) => ({ name, type, index })),
      ),
      duplicates: { rows: 0, acrossSplits: 0, conflictingLabels: 0, examples: [] },
    };
    const schema: DatasetSchema = {
      kind: 'table',
      shape: [3],
      dtype: 'float32',
      fields: PEOPLE,
      target: 'label',
      classes: names,
      minimum: 0,
      maximum: 1,
    };
    return { schema, statistics };
  };
});
