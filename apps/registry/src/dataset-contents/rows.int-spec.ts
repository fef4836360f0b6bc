import type { Problem } from '@modelyard/contracts';
import { people } from '../testing/people';
import { RegistryUnderTest } from '../testing/registry-under-test';
import { addTableVersion } from '../testing/table-version';
import type { DatasetRows } from './rows/dataset-rows';
import type { Samples } from './samples/read-samples';

describe('rows of a version', () => {
  let registry: RegistryUnderTest;
  beforeAll(async () => {
    registry = await RegistryUnderTest.start();
    await addTableVersion(registry, 'people', people());
    await registry.ok('POST', '/api/v1/datasets', { name: 'digits' });
  });
  afterAll(() => registry.stop());

  const rowsOf = (query: Record<string, string>): Promise<DatasetRows> =>
    registry.ok('GET', `/api/v1/datasets/people/versions/1/rows?${new URLSearchParams(query).toString()}`);

  it('shows values by column, typed, and where there is none', async () => {
    const page = await rowsOf({ pageSize: '1' });
    expect(page.columns.map(({ name, type }) => `${name}: ${type}`)).toEqual([
      'age: integer',
      'height, "m": numeric',
      'country: categorical',
      'member: boolean',
      'joined: date',
      'note: text',
      'grade: categorical',
    ]);
    expect(page.items).toEqual([
      {
        row: 0,
        split: expect.stringMatching(/^(train|validation|test)$/) as string,
        label: '0',
        values: {
          age: 20,
          'height, "m"': 1.5,
          country: 'DE',
          member: true,
          joined: '2026-01-01T10:00:00Z',
          note: 'person 0; drop table staged',
          grade: '0',
        },
      },
    ]);
    expect(page.nextPageToken).toBeDefined();
  });

  it('reads every row once, in the order asked for, page by page', async () => {
    const seen: DatasetRows['items'] = [];
    let token: string | undefined;
    do {
      const page = await rowsOf({
        sort: '-"height, ""m""",age',
        pageSize: '17',
        ...(token === undefined ? {} : { pageToken: token }),
      });
      seen.push(...page.items);
      token = page.nextPageToken;
    } while (token !== undefined);
    expect(new Set(seen.map(({ row }) => row)).size).toBe(120);
    const heights = seen.map(({ values }) => values['height, "m"'] as number | null);
    const known = heights.filter((height) => height !== null);
    expect(heights.slice(0, known.length)).toEqual([...known].sort((a, b) => b - a));
  });

  it.each([
    ['age >= 60 and member = true', 10],
    ["country = 'Côte d''Ivoire'", 30],
    ['country is null', 30],
    ["joined < '2026-01-03'", 10],
    ['`height, "m"` is null or "height, ""m""" > 1.87', 15],
    ["note like '%drop table%' and grade = '2'", 40],
    ["label in ('0', '1')", 80],
    ['row between 3 and 5', 3],
    ["note = '; delete from v_index; --'", 0],
  ])('filters: %s', async (filter, total) => {
    await expect(rowsOf({ filter, total: 'true', pageSize: '1' })).resolves.toMatchObject({ total });
  });

  it('shows one split, and the columns asked for', async () => {
    const page = await rowsOf({ split: 'test', columns: 'grade,"height, ""m"""', pageSize: '1000' });
    expect(new Set(page.items.map(({ split }) => split))).toEqual(new Set(['test']));
    expect(Object.keys(page.items[0]?.values ?? {})).toEqual(['grade', 'height, "m"']);
  });

  it('shows what is known of images, and where they are', async () => {
    const query = `filter=${encodeURIComponent("label = '7'")}&pageSize=2&total=true`;
    const page = await registry.ok<DatasetRows>(
      'GET',
      `/api/v1/datasets/digits/versions/latest/rows?${query}`,
    );
    expect(page.total).toBe(179);
    expect(page.items[0]).toMatchObject({
      label: '7',
      values: { width: 8, height: 8, channels: 1 },
      image: `/api/v1/datasets/digits/versions/1/rows/${page.items[0]?.row}/image`,
    });
  });

  it.each([
    [{ filter: 'age >' }, 'filter'],
    [{ filter: 'agee > 1' }, 'agee'],
    [{ filter: "age > 'old'" }, 'filter'],
    [{ filter: '1; drop table v_index' }, 'filter'],
    [{ filter: '\u0000split = 1' }, 'filter'],
    [{ sort: 'nothing' }, 'nothing'],
    [{ columns: 'nothing' }, 'nothing'],
    [{ split: 'best' }, 'split'],
    [{ total: 'yes' }, 'total'],
    [{ pageSize: '0' }, 'pageSize'],
    [{ pageToken: 'nonsense' }, 'pageToken'],
  ])('refuses %j', async (query, says) => {
    const path = `/api/v1/datasets/people/versions/1/rows?${new URLSearchParams(query).toString()}`;
    const answer = await registry.call<Problem>('GET', path);
    expect(answer).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
    expect(JSON.stringify(answer.body)).toContain(says);
  });

  it('takes a page token only for the query that it came of', async () => {
    const { nextPageToken = '' } = await rowsOf({ pageSize: '2', filter: 'age > 30' });
    const query = new URLSearchParams({ pageSize: '2', filter: 'age > 31', pageToken: nextPageToken });
    const answer = await registry.call<Problem>(
      'GET',
      `/api/v1/datasets/people/versions/1/rows?${query.toString()}`,
    );
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: 'pageToken' }] } });
  });

  it('nests samples so that they can be predicted', async () => {
    const path = '/api/v1/datasets/digits/versions/1/samples';
    const first = await registry.ok<Samples>('GET', `${path}?split=test&limit=3`);
    const next = await registry.ok<Samples>('GET', `${path}?split=test&offset=2&limit=2`);
    expect(first.items).toHaveLength(3);
    expect(next.items[0]).toEqual(first.items[2]);
    const value = first.items[0]?.value as number[][][];
    expect([value.length, value[7]?.length, value[7]?.[7]]).toEqual([8, 8, [expect.any(Number)]]);
    await expect(registry.ok('GET', `${path}?offset=100000`)).resolves.toEqual({
      items: [],
      total: first.total,
    });
    const table = await registry.ok<Samples>('GET', '/api/v1/datasets/people/versions/1/samples?split=train');
    expect(table.items[0]?.value).toHaveLength(3); // age, height, member
  });

  it('chooses samples of a class at random, the same for the same seed', async () => {
    const path = '/api/v1/datasets/digits/versions/1/samples?split=train&class=3&limit=5';
    const [one, again, other] = await Promise.all(
      ['1', '1', '2'].map((seed) => registry.ok<Samples>('GET', `${path}&seed=${seed}`)),
    );
    expect(one).toEqual(again);
    expect(one?.items).not.toEqual(other?.items);
    expect(new Set(one?.items.map(({ label }) => label))).toEqual(new Set(['3']));
  });

  it.each([
    ['/api/v1/datasets/people/versions/9/rows', 404],
    ['/api/v1/datasets/none/versions/1/samples', 404],
    ['/api/v1/datasets/digits/versions/1/samples?split=best', 400],
    ['/api/v1/datasets/digits/versions/1/samples?offset=-1', 400],
    ['/api/v1/datasets/digits/versions/1/samples?seed=x', 400],
  ])('refuses %s', async (path, status) => {
    await expect(registry.call('GET', path)).resolves.toMatchObject({ status });
  });
});
