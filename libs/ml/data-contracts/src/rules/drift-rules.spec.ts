import type { DataContract, DatasetSchema, DatasetStatistics } from '@modelyard/contracts';
import { profileColumns } from '@modelyard/ml-tables';
import { deriveContract } from '../derive-contract';
import { parseContract } from '../parse-contract';
import { checkPeople, goodPeople, openRoom, PEOPLE, stagePeople } from '../testing/staged';
import type { Person, Room } from '../testing/staged';

const ROWS = 200;

describe('drift', () => {
  let room: Room;
  let previous: { schema: DatasetSchema; statistics: DatasetStatistics };
  beforeAll(async () => {
    room = await openRoom();
    previous = await versionOf(goodPeople(ROWS));
  });
  afterAll(() => room.close());

  const versionOf = async (people: Person[]) => {
    await stagePeople(room.engine, people);
    const profiled = PEOPLE.map(({ name, type }, index) => ({ name, type, index }));
    const splits = { train: 0, validation: 0, test: 0 };
    const classes = ['no', 'yes'].map((name) => {
      const rows = people.filter((person) => person[6] === name).length;
      return { name, rows, share: rows / people.length, splits };
    });
    const statistics: DatasetStatistics = {
      rows: people.length,
      classes,
      splits,
      columns: await profileColumns(room.engine, 'staged', profiled),
      duplicates: { rows: 0, acrossSplits: 0, conflictingLabels: 0, examples: [] },
    };
    const schema: DatasetSchema = {
      kind: 'table',
      shape: [3],
      dtype: 'float32',
      fields: PEOPLE,
      target: 'label',
      classes: ['no', 'yes'],
      minimum: 0,
      maximum: 40,
    };
    return { schema, statistics };
  };
  const check = async (contract: Partial<DataContract>, people: Person[]) =>
    (await checkPeople(room, people, contract, { previous })).violations.map(({ rule, actual }) => [
      rule,
      actual,
    ]);
  const changed = (change: (person: Person, row: number) => void): Person[] => {
    const people = goodPeople(ROWS);
    people.forEach(change);
    return people;
  };

  const younger = () => changed((person, row) => (person[0] = 30 + Math.trunc((row % 10) / 2)));
  const moved = () =>
    changed((person, row) => {
      if (row % 2 === 1) person[2] = 'Ulm';
      else if (row % 8 === 0) person[2] = 'Wien';
      if (row % 10 === 0) person[2] = null;
    });
  const willing = () => changed((person, row) => (person[6] = row % 5 === 0 ? 'no' : 'yes'));

  // SciPy 1.17.1 over the counts before and after, in 30 bins of equal width with one below, one above and one of missing
  // values, or by value with others and missing: entropy(p, q) + entropy(q, p), half a row added to each bin, bins of
  // equal shares left out; scipy.spatial.distance.jensenshannon(f, t, base=2).
  it.each<[string, () => Person[], string, string]>([
    ['numbers', younger, '2.03', '0.558'],
    ['categories', moved, '1.43', '0.472'],
    ['classes', willing, '0.411', '0.27'],
  ])('of %s is as far as SciPy says', async (_what, people, psi, jensenShannon) => {
    const drift = { maximumPsi: 0.25, maximumJensenShannon: 0.2 };
    await expect(check({ drift }, people())).resolves.toEqual([
      ['drift.maximumPsi', psi],
      ['drift.maximumJensenShannon', jensenShannon],
    ]);
  });

  it('is measured by column where the column says so, and not elsewhere', async () => {
    const columns = { age: { drift: { maximumPsi: 0.1 } } };
    await expect(check({ columns }, younger())).resolves.toEqual([['columns.age.drift.maximumPsi', '2.03']]);
    await expect(check({ columns }, moved())).resolves.toEqual([]);
    const drift = { maximumPsi: 0.25, columns: ['town'] };
    await expect(check({ drift }, younger())).resolves.toEqual([]);
    await expect(check({ drift: { ...drift, classes: false } }, willing())).resolves.toEqual([]);
  });

  it('is none between equal rows, and says what cannot be compared', async () => {
    await expect(check({ drift: { maximumPsi: 0.01 } }, goodPeople(ROWS))).resolves.toEqual([]);
    await expect(
      check({ drift: { maximumPsi: 0.25, columns: ['seen', 'gone'] } }, goodPeople(ROWS)),
    ).resolves.toEqual([
      ['drift.columns', 'age, height, town, member, seen and 2 more'],
      ['drift.columns', 'date'],
    ]);
  });

  it('is found where a column has lost all its values', async () => {
    const people = changed((person) => (person[1] = null));
    await expect(check({ drift: { maximumJensenShannon: 0.9 } }, people)).resolves.toEqual([
      ['drift.maximumJensenShannon', '1'],
    ]);
  });

  it('keeps no version from the contract that was derived from it', async () => {
    const contract = deriveContract(previous.schema, previous.statistics);
    expect(parseContract(JSON.parse(JSON.stringify(contract)))).toEqual(contract);
    await expect(check(contract, goodPeople(ROWS))).resolves.toEqual([]);
  });
});
