import type { DatasetImport, DatasetVersion, Page, Problem } from '@modelyard/contracts';
import { eventually } from '@modelyard/platform-testing';
import { Importer } from '../../testing/importer';
import type { Answer } from '../../testing/registry-under-test';
import { RegistryUnderTest } from '../../testing/registry-under-test';

describe('clients that wait for their import', () => {
  let registry: RegistryUnderTest;
  let importer: Importer;
  beforeAll(async () => {
    registry = await RegistryUnderTest.start();
    importer = new Importer(registry);
  });
  afterAll(() => registry.stop());

  async function submit<T>(
    name: string,
    headers: Record<string, string> = { prefer: 'wait=60' },
  ): Promise<{ answer: Promise<Answer<T>>; id: string }> {
    const source = { type: 'upload', uploads: [{ id: await importer.upload('a,b\n1,x\n') }] };
    const answer = registry.call<T>('POST', '/api/v1/datasets', { name, source }, { headers });
    const id = await eventually(async () => {
      const path = `/api/v1/dataset-imports?dataset=${name}`;
      const [submitted] = (await registry.ok<Page<DatasetImport>>('GET', path)).items;
      expect(submitted?.status).toBe('queued');
      return submitted?.id ?? '';
    });
    return { answer, id };
  }

  it('get the version, as a new one or as one that was there', async () => {
    const first = await submit<DatasetVersion>('awaited');
    await importer.finish(first.id);
    const answer = await first.answer;
    expect(answer).toMatchObject({
      status: 201,
      body: { dataset: 'awaited', version: 1, importId: first.id },
    });
    expect(answer.headers.get('preference-applied')).toBe('wait=60');
    const again = await submit<DatasetVersion>('awaited');
    await importer.finish(again.id);
    expect(await again.answer).toMatchObject({ status: 200, body: { version: 1, importId: first.id } });
  });

  it('get what is wrong with the data, and where', async () => {
    const { answer, id } = await submit<Problem>('wrong');
    await importer.start(id);
    const problems = [
      { file: 'flowers.csv', line: 3, column: 'a', value: 'abc', message: 'is no number' },
      { message: 'There are few rows.' },
    ];
    const error = { message: 'flowers.csv cannot be read.', problems, problemCount: 7 };
    await importer.say(id, 'fail', { error, retriable: false });
    expect(await answer).toMatchObject({
      status: 400,
      body: {
        code: 'VALIDATION_FAILED',
        detail:
          'flowers.csv cannot be read. flowers.csv, line 3, column a: is no number (and 6 more problems)',
        errors: [
          { path: 'flowers.csv:3:a', message: 'is no number' },
          { path: '', message: 'There are few rows.' },
        ],
      },
    });
  });

  it('wait on while it is tried again', async () => {
    const { answer, id } = await submit<DatasetVersion>('patient');
    await importer.start(id);
    const error = { message: 'example.org cannot be reached', problems: [], problemCount: 0 };
    await importer.say(id, 'fail', { error, retriable: true });
    await importer.finish(id);
    expect((await answer).status).toBe(201);
  });

  it('hear when it is cancelled', async () => {
    const { answer, id } = await submit<Problem>('given-up');
    await registry.ok('POST', `/api/v1/dataset-imports/${id}/cancel`);
    expect(await answer).toMatchObject({ status: 409, body: { code: 'CONFLICT' } });
  });

  it.each(['wait=0', 'wait=1'])('get the import with %s over', async (prefer) => {
    const { answer, id } = await submit<DatasetImport>(`over-${prefer.at(-1)}`, { prefer });
    const { status, body, headers } = await answer;
    expect([status, body]).toMatchObject([202, { id, status: 'queued' }]);
    expect(headers.get('location')).toBe(`/api/v1/dataset-imports/${id}`);
    expect(headers.get('preference-applied')).toBe(prefer);
  });

  it('get the version for the same request again', async () => {
    const headers = { prefer: 'wait=60', 'idempotency-key': 'awaited-once' };
    const id = await importer.upload('a,b\n1,x\n');
    const body = { name: 'keyed', source: { type: 'upload', uploads: [{ id }] } };
    const post = () => registry.call<DatasetVersion>('POST', '/api/v1/datasets', body, { headers });
    const answers = [post(), post()];
    const submitted = await eventually(async () => {
      const path = '/api/v1/dataset-imports?dataset=keyed';
      const { items } = await registry.ok<Page<DatasetImport>>('GET', path);
      expect(items).toHaveLength(1);
      return items[0]?.id ?? '';
    });
    await importer.finish(submitted);
    answers.push(post());
    for (const answer of await Promise.all(answers))
      expect(answer).toMatchObject({ status: 201, body: { dataset: 'keyed', version: 1 } });
  });

  it('have a built-in set at once, and derivations too', async () => {
    const version = await registry.call(
      'POST',
      '/api/v1/datasets',
      { name: 'iris' },
      { headers: { prefer: 'wait=5' } },
    );
    expect(version.status).toBe(201);
    const path = '/api/v1/datasets/iris/versions/1/derive';
    const headers = { prefer: 'wait=60' };
    const answer = registry.call<DatasetVersion>('POST', path, { filter: 'x > 1' }, { headers });
    const id = await eventually(async () => {
      const { items } = await registry.ok<Page<DatasetImport>>('GET', '/api/v1/dataset-imports?dataset=iris');
      expect(items).toHaveLength(1);
      return items[0]?.id ?? '';
    });
    await importer.finish(id, 'iris', { digest: `sha256:${'1'.repeat(64)}` });
    expect(await answer).toMatchObject({ status: 201, body: { version: 2, parent: { version: 1 } } });
  });
});
