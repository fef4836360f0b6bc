import type { ContractReport, DataContract, DatasetContract, Problem } from '@modelyard/contracts';
import { people } from '../testing/people';
import { RegistryUnderTest } from '../testing/registry-under-test';
import { addTableVersion } from '../testing/table-version';

const PEOPLE = '/api/v1/datasets/people';

describe('versions and contracts', () => {
  let registry: RegistryUnderTest;
  beforeAll(async () => {
    registry = await RegistryUnderTest.start();
    await addTableVersion(registry, 'people', people());
    const other = people();
    // Everyone is 40 years older.
    const rows = other.rows.map(([age, ...rest]) => [Number(age) + 40, ...rest]);
    await addTableVersion(registry, 'people', { ...other, rows });
    await registry.ok('POST', '/api/v1/datasets', { name: 'digits' });
  });
  afterAll(() => registry.stop());

  const derive = (path: string): Promise<DataContract> => registry.ok('POST', `${path}/contract`);
  const check = (path: string, contract?: unknown): Promise<ContractReport> =>
    registry.ok('POST', `${path}/check`, contract === undefined ? undefined : { contract });

  it('derive a contract that can be kept as it is, and that the version keeps', async () => {
    const contract = await derive(`${PEOPLE}/versions/1`);
    expect(contract).toMatchObject({ kind: 'table', columns: { age: { type: 'integer', required: true } } });
    await expect(check(`${PEOPLE}/versions/1`, contract)).resolves.toMatchObject({
      outcome: 'passed',
      rows: 120,
      violations: [],
    });
    const kept = await registry.call<DatasetContract>('PUT', `${PEOPLE}/contract`, contract);
    expect(kept).toMatchObject({ status: 201, body: { revision: 1, contract } });
  });

  it('save what is derived, unless the contract was changed meanwhile', async () => {
    const path = '/api/v1/datasets/digits/versions/latest';
    const contract = await derive(path);
    expect(contract).toMatchObject({ kind: 'image' });
    const answer = await registry.call<DatasetContract>('POST', `${path}/contract?save=true`);
    expect(answer).toMatchObject({ status: 200, body: { dataset: 'digits', revision: 1, contract } });
    expect(answer.headers.get('etag')).toBe('"1"');
    await expect(registry.ok('GET', '/api/v1/datasets/digits/contract')).resolves.toEqual(answer.body);
    const late = await registry.call('POST', `${path}/contract?save=true`, undefined, {
      headers: { 'if-match': '"7"' },
    });
    expect(late.status).toBe(412);
    await expect(check(path)).resolves.toMatchObject({ outcome: 'passed', revision: 1, violations: [] });
  });

  it('are checked against the dataset’s contract, or a given one, and stay as they are', async () => {
    await registry.ok('PUT', `${PEOPLE}/contract`, {
      kind: 'table',
      policy: 'quarantine',
      columns: { age: { maximum: 60 }, country: { allowed: ['DE', 'FR'] } },
    });
    const report = await check(`${PEOPLE}/versions/2`);
    expect(report).toMatchObject({ outcome: 'quarantined', policy: 'quarantine', revision: 2, rows: 120 });
    expect(report.violations.map(({ rule, scope, count }) => [rule, scope, count])).toEqual([
      ['columns.age.maximum', 'row', 117],
      ['columns.country.allowed', 'row', 30],
    ]);
    expect(report.violations[0]?.examples.length).toBeGreaterThan(0);
    await expect(registry.ok('GET', `${PEOPLE}/versions/2`)).resolves.toMatchObject({ rows: 120 });
    const drift = { maximumPsi: 0.25, columns: ['age'] };
    const tried = { kind: 'table', policy: 'reject', rows: { minimum: 1_000 }, drift };
    const given = await check(`${PEOPLE}/versions/2`, tried);
    expect(given).toMatchObject({
      outcome: 'rejected',
      violations: [
        { rule: 'rows.minimum', actual: '120' },
        { rule: 'drift.maximumPsi', scope: 'dataset' },
      ],
    });
    expect(given).not.toHaveProperty('revision');
  });

  it.each([
    ['people/versions/1/check', { contract: { kind: 'image', policy: 'warn' } }, 400, 'contract.kind'],
    ['people/versions/1/check', { contract: { kind: 'table', policy: 'sometimes' } }, 400, 'contract.policy'],
    ['people/versions/1/check', { contrct: {} }, 400, 'contrct'],
    ['people/versions/1/check', [], 400, 'object'],
    [
      'people/versions/1/check',
      { contract: { kind: 'table', policy: 'warn', columns: { note: { pattern: '(' } } } },
      400,
      'contract.columns.note.pattern',
    ],
    ['people/versions/9/check', {}, 404, 'Version 9'],
    ['iris/versions/1/check', {}, 404, 'has no contract'],
    ['people/versions/9/contract', undefined, 404, 'Version 9'],
    ['people/versions/1/contract?save=maybe', undefined, 400, 'save'],
  ])('refuse %s of %j', async (path, body, status, says) => {
    await registry.ok('POST', '/api/v1/datasets', { name: 'iris' });
    const answer = await registry.call<Problem>('POST', `/api/v1/datasets/${path}`, body);
    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer.body)).toContain(says);
  });

  it('let viewers check, and editors derive', async () => {
    const asViewer = (what: string): Promise<{ status: number }> =>
      registry.call('POST', `${PEOPLE}/versions/1/${what}`, undefined, { as: 'viewer' });
    expect((await asViewer('check')).status).toBe(200);
    expect((await asViewer('contract')).status).toBe(403);
  });
});
