import type { AuditEntry, DataContract, DatasetContract, Page, Problem } from '@modelyard/contracts';
import { people } from '../testing/people';
import type { Answer } from '../testing/registry-under-test';
import { RegistryUnderTest } from '../testing/registry-under-test';
import { addTableVersion } from '../testing/table-version';
import type { ContractRevision } from './contract.repository';

const PATH = '/api/v1/datasets/people/contract';
const CONTRACT: DataContract = { kind: 'table', policy: 'quarantine', columns: { age: { minimum: 0 } } };

describe('the contract of a dataset', () => {
  let registry: RegistryUnderTest;
  beforeAll(async () => {
    registry = await RegistryUnderTest.start();
    await addTableVersion(registry, 'people', people());
  });
  afterAll(() => registry.stop());

  const put = (contract: unknown, headers = {}): Promise<Answer<DatasetContract>> =>
    registry.call('PUT', PATH, contract, { headers });

  it('is made, read, changed, deleted and made anew, each as a revision', async () => {
    expect((await registry.call<Problem>('GET', PATH)).body.detail).toContain('contract of dataset');
    const first = await put(CONTRACT);
    expect(first).toMatchObject({
      status: 201,
      body: { dataset: 'people', revision: 1, contract: CONTRACT },
    });
    expect(first.headers.get('etag')).toBe('"1"');
    await expect(put(CONTRACT)).resolves.toMatchObject({ status: 200, body: { revision: 1 } });

    const stricter = { ...CONTRACT, policy: 'reject' };
    await expect(put(stricter, { 'if-match': '"1"' })).resolves.toMatchObject({
      status: 200,
      body: { revision: 2, contract: stricter, updatedBy: 'admin' },
    });
    const read = await registry.call<DatasetContract>('GET', PATH);
    expect([read.headers.get('etag'), read.body.contract.policy]).toEqual(['"2"', 'reject']);
    const known = await registry.call('GET', PATH, undefined, { headers: { 'if-none-match': '"2"' } });
    expect(known.status).toBe(304);

    const late = { 'if-match': '"1"' };
    expect((await put(CONTRACT, late)).status).toBe(412);
    expect((await registry.call('DELETE', PATH, undefined, { headers: late })).status).toBe(412);
    expect((await registry.call('DELETE', PATH)).status).toBe(204);
    expect((await registry.call('DELETE', PATH)).status).toBe(404);
    expect((await registry.call('GET', PATH)).status).toBe(404);
    await expect(put(CONTRACT)).resolves.toMatchObject({ status: 201, body: { revision: 4 } });

    const page = await registry.ok<Page<ContractRevision>>('GET', `${PATH}/revisions?pageSize=3`);
    expect(page.items.map(({ revision, contract }) => [revision, contract?.policy])).toEqual([
      [4, 'quarantine'],
      [3, undefined],
      [2, 'reject'],
    ]);
    const rest = await registry.ok<Page<ContractRevision>>(
      'GET',
      `${PATH}/revisions?pageSize=3&pageToken=${page.nextPageToken}`,
    );
    expect(rest.items.map(({ revision }) => revision)).toEqual([1]);
    const { items } = await registry.ok<Page<AuditEntry>>(
      'GET',
      `/api/v1/audit?subject=datasets/people/contract`,
    );
    expect(items.map(({ action, details }) => [action, details['revision']])).toEqual([
      ['dataset.contract-changed', 4],
      ['dataset.contract-deleted', 3],
      ['dataset.contract-changed', 2],
      ['dataset.contract-changed', 1],
    ]);
  });

  it('has one next revision when two change it at once', async () => {
    const before = (await registry.ok<DatasetContract>('GET', PATH)).revision;
    const answers = await Promise.all(
      [1, 2].map((minimum) => put({ ...CONTRACT, rows: { minimum } }, { 'if-match': `"${before}"` })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
    expect((await registry.ok<DatasetContract>('GET', PATH)).revision).toBe(before + 1);
  });

  it.each([
    [{ kind: 'image', policy: 'warn' }, 'kind'],
    [{ ...CONTRACT, columns: { age: { minimun: 0 } } }, 'columns.age.minimun'],
    [{ ...CONTRACT, columns: { age: { minimum: 2, maximum: 1 } } }, 'columns.age'],
    [[], ''],
    [{ kind: 'table' }, 'policy'],
  ])('is refused: %j', async (contract, path) => {
    const answer = await registry.call<Problem>('PUT', PATH, contract);
    expect(answer).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
    expect(answer.body.errors?.map((field) => field.path).join()).toContain(path);
  });

  it('is of a dataset that there is, and editors’ to change', async () => {
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const body = method === 'PUT' ? CONTRACT : undefined;
      expect((await registry.call(method, '/api/v1/datasets/none/contract', body)).status).toBe(404);
    }
    expect((await registry.call('GET', '/api/v1/datasets/none/contract/revisions')).status).toBe(404);
    expect((await registry.call('PUT', PATH, CONTRACT, { as: 'viewer' })).status).toBe(403);
    expect((await registry.call('DELETE', PATH, undefined, { as: 'viewer' })).status).toBe(403);
    expect((await registry.call('GET', PATH, undefined, { as: 'viewer' })).status).toBe(200);
  });
});
