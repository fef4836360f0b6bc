import type {
  DatasetContract,
  DatasetImport,
  DatasetVersion,
  Page,
  Problem,
  SucceedImport,
} from '@modelyard/contracts';
import { JobProducer } from '@modelyard/platform-queue';
import { eventually } from '@modelyard/platform-testing';
import { Importer } from '../testing/importer';
import { RegistryUnderTest } from '../testing/registry-under-test';

const NONE = '0'.repeat(32);
const CONTRACT = { kind: 'table', policy: 'warn', rows: { minimum: 1 } };

describe('dataset imports', () => {
  let registry: RegistryUnderTest;
  let importer: Importer;
  beforeAll(async () => {
    registry = await RegistryUnderTest.start();
    importer = new Importer(registry);
  });
  afterAll(() => registry.stop());

  const get = (id: string): Promise<DatasetImport> =>
    registry.ok<DatasetImport>('GET', `/api/v1/dataset-imports/${id}`);
  const versions = async (name: string): Promise<DatasetVersion[]> =>
    (await registry.ok<Page<DatasetVersion>>('GET', `/api/v1/datasets/${name}/versions`)).items;
  const post = (body: unknown, path = '/api/v1/datasets') => registry.call<Problem>('POST', path, body);
  const seed = (number: number): Partial<SucceedImport['version']> => ({
    digest: `sha256:${String(number).padStart(64, '0')}`,
  });

  it('are accepted, reach the queue under their id, and show nothing before they are whole', async () => {
    const id = await importer.upload('a,b\n1,x\n');
    const body = { name: 'accepted', target: 'b', source: { type: 'upload', uploads: [{ id, label: 'x' }] } };
    const answer = await registry.call<DatasetImport>('POST', '/api/v1/datasets', body);
    expect(answer).toMatchObject({
      status: 202,
      body: {
        dataset: 'accepted',
        status: 'queued',
        attempt: 0,
        options: { target: 'b' },
        createdBy: 'admin',
      },
    });
    expect(answer.headers.get('location')).toBe(`/api/v1/dataset-imports/${answer.body.id}`);
    const producer = registry.service.app.get(JobProducer, { strict: false });
    await eventually(async () => expect(await producer.state('imports', answer.body.id)).toBe('waiting'));
    expect((await registry.call('GET', '/api/v1/datasets/accepted')).status).toBe(404);
    const started = await importer.start(answer.body.id);
    expect(started).toMatchObject({
      decision: 'run',
      import: { status: 'running', attempt: 1 },
      files: [{ name: 'flowers.csv', size: 8, label: 'x', pieces: [{ size: 8 }] }],
    });
    await importer.say(answer.body.id, 'progress', {
      progress: { phase: 'reading', done: 1, total: 2, unit: 'rows' },
      log: 'half of it',
    });
    expect((await registry.call('GET', '/api/v1/datasets/accepted')).status).toBe(404);
    await importer.say(answer.body.id, 'succeed', await importer.success());
    expect(await get(answer.body.id)).toMatchObject({
      status: 'succeeded',
      result: { version: 1, created: true },
      progress: { phase: 'reading', done: 1 },
    });
    expect(await versions('accepted')).toMatchObject([
      { version: 1, importId: answer.body.id, createdBy: 'admin', rows: 150 },
    ]);
  });

  it('count an attempt once, and hand the next one what the last one left', async () => {
    const { id } = await importer.submit({ name: 'again' });
    await importer.start(id, 'first');
    await importer.start(id, 'first');
    const checkpoint = { part: 3, blobs: ['ab'.repeat(32)] };
    await importer.say(id, 'progress', { checkpoint });
    const error = { message: 'the disk is full\u0000', problems: [], problemCount: 0 };
    await expect(importer.say(id, 'fail', { error, retriable: true })).resolves.toMatchObject({
      status: 'queued',
      error: { message: 'the disk is full\ufffd' },
    });
    await expect(importer.start(id, 'second')).resolves.toMatchObject({ import: { attempt: 2 }, checkpoint });
    // Why the first attempt failed can be read until there is an end.
    expect(await get(id)).toMatchObject({ status: 'running', error: { message: 'the disk is full\ufffd' } });
    await importer.say(id, 'succeed', await importer.success());
    expect((await get(id)).error).toBeUndefined();
    const events = await (await registry.fetch('GET', `/api/v1/dataset-imports/${id}/events`)).text();
    expect(events).toContain('Attempt 1 failed, and another follows: the disk is full');
  });

  it('give one version however often their end is told', async () => {
    const { id } = await importer.submit({ name: 'once' });
    const success = await importer.success();
    await importer.start(id);
    const ends = await Promise.all([1, 2, 3].map(() => importer.say(id, 'succeed', success)));
    expect(ends.map(({ result }) => result)).toEqual(Array(3).fill({ version: 1, created: true }));
    expect(await versions('once')).toHaveLength(1);
    await expect(importer.start(id)).resolves.toMatchObject({ decision: 'skip' });
  });

  it('find content that the dataset has already', async () => {
    await importer.import({ name: 'same' });
    const { id } = await importer.submit({ name: 'same' });
    await expect(importer.finish(id)).resolves.toMatchObject({ result: { version: 1, created: false } });
    const { version } = await importer.success();
    const other = await importer.submit({ name: 'same' });
    const split = { ...version.split, seed: 99 };
    await expect(importer.finish(other.id, 'iris', { split })).resolves.toMatchObject({
      result: { version: 2 },
    });
  });

  it('are both right under one name at once', async () => {
    const [one, two] = await Promise.all([
      importer.submit({ name: 'both' }),
      importer.submit({ name: 'both' }),
    ]);
    const ends = await Promise.all([
      importer.finish(one.id, 'iris', seed(1)),
      importer.finish(two.id, 'iris', seed(2)),
    ]);
    expect(ends.map(({ result }) => result?.version).sort()).toEqual([1, 2]);
    expect((await versions('both')).map(({ version }) => version)).toEqual([2, 1]);
  });

  it('fail when another of another kind was faster', async () => {
    const [table, image] = [
      await importer.submit({ name: 'kinds' }),
      await importer.submit({ name: 'kinds' }),
    ];
    await importer.finish(table.id);
    await expect(importer.finish(image.id, 'digits')).resolves.toMatchObject({
      status: 'failed',
      error: { message: expect.stringContaining("of kind 'table'") as string },
    });
    expect(await versions('kinds')).toHaveLength(1);
    const answer = await post({
      name: 'kinds',
      format: 'idx',
      source: { type: 'upload', uploads: [{ id: await importer.upload('x') }] },
    });
    expect(answer).toMatchObject({ status: 409, body: { errors: [{ path: 'name' }] } });
  });

  it('end as failed with what is wrong with the data, and are tried again', async () => {
    const { id } = await importer.submit({ name: 'failing' });
    await importer.start(id);
    const problems = [
      { file: 'flowers.csv', line: 3, column: 'a', value: '\u0000', message: 'is no number' },
    ];
    const error = { message: 'flowers.csv cannot be read.', problems, problemCount: 7 };
    await importer.say(id, 'fail', { error, retriable: false });
    expect(await get(id)).toMatchObject({
      status: 'failed',
      error: { problemCount: 7, problems: [{ line: 3 }] },
    });
    await expect(importer.start(id)).resolves.toMatchObject({ decision: 'skip' });
    const producer = registry.service.app.get(JobProducer, { strict: false });
    await producer.remove('imports', id);
    const retried = await post(undefined, `/api/v1/dataset-imports/${id}/retry`);
    expect(retried).toMatchObject({ status: 202, body: { status: 'queued' } });
    await eventually(async () => expect(await producer.state('imports', id)).toBe('waiting'));
    await expect(importer.finish(id)).resolves.toMatchObject({ status: 'succeeded', attempt: 2 });
    expect((await post(undefined, `/api/v1/dataset-imports/${id}/retry`)).status).toBe(409);
  });

  it('are cancelled: at once while they wait, by their worker while they run', async () => {
    const waiting = await importer.submit({ name: 'cancelled' });
    const cancel = (id: string) =>
      registry.call<DatasetImport>('POST', `/api/v1/dataset-imports/${id}/cancel`);
    expect(await cancel(waiting.id)).toMatchObject({ status: 202, body: { status: 'cancelled' } });
    expect(await cancel(waiting.id)).toMatchObject({ status: 202 });
    await expect(importer.start(waiting.id)).resolves.toMatchObject({ decision: 'skip' });
    const running = await importer.submit({ name: 'cancelled' });
    await importer.start(running.id);
    expect(await cancel(running.id)).toMatchObject({ body: { status: 'running', cancelRequested: true } });
    await expect(importer.say(running.id, 'progress', {})).resolves.toEqual({ cancelRequested: true });
    await expect(importer.say(running.id, 'succeed', await importer.success())).resolves.toMatchObject({
      status: 'cancelled',
    });
    expect((await registry.call('GET', '/api/v1/datasets/cancelled')).status).toBe(404);
    await importer.say(running.id, 'cancelled', {});
    const done = await importer.submit({ name: 'done' });
    await importer.finish(done.id);
    expect((await cancel(done.id)).status).toBe(409);
  });

  it('bring a contract along, which the dataset has once they have succeeded', async () => {
    const { id } = await importer.submit({ name: 'contracted', contract: CONTRACT });
    await expect(importer.start(id)).resolves.toMatchObject({
      contract: { revision: 1, contract: CONTRACT },
    });
    const contract = { revision: 1, outcome: 'passed', violations: 0 } as const;
    await importer.finish(id, 'iris', { contract });
    const kept = await registry.ok<DatasetContract>('GET', '/api/v1/datasets/contracted/contract');
    expect(kept).toMatchObject({ revision: 1, contract: CONTRACT });
    const [version] = await versions('contracted');
    expect(version?.contract).toEqual(contract);
    const next = await importer.submit({ name: 'contracted' });
    await expect(importer.start(next.id)).resolves.toMatchObject({
      contract: { revision: 1 },
      previous: { version: 1 },
    });
  });

  it('append to a version, and derive from one', async () => {
    await importer.import({ name: 'parents' });
    const path = '/api/v1/datasets/parents/versions/latest';
    const source = { type: 'upload', uploads: [{ id: await importer.upload('x') }] };
    const appended = await registry.ok<DatasetImport>('POST', `${path}/append`, { source });
    expect(appended.parentVersion).toBe(1);
    await expect(importer.start(appended.id)).resolves.toMatchObject({ parent: { version: 1 } });
    await importer.finish(appended.id, 'iris', seed(3));
    const changes = { filter: 'a > 1', split: { seed: 4 } };
    const derived = await registry.ok<DatasetImport>('POST', `${path}/derive`, changes);
    expect(derived).toMatchObject({ parentVersion: 2, source: { type: 'derive', changes } });
    await importer.finish(derived.id, 'iris', seed(4));
    expect((await versions('parents')).map(({ parent }) => parent)).toEqual([
      { version: 2, operation: 'filter' },
      { version: 1, operation: 'append' },
      undefined,
    ]);
    const byName = await post({ name: 'parents', append: { version: 9 }, source });
    expect(byName.status).toBe(404);
  });

  it('are refused when the store does not have what they are to consist of', async () => {
    const { id } = await importer.submit({ name: 'holes' });
    await importer.start(id);
    const success = await importer.success();
    const blobs = [...success.blobs, { sha256: 'ef'.repeat(32), size: 5 }];
    const answer = await registry.call(
      'POST',
      `/internal/dataset-imports/${id}/succeed`,
      { ...success, blobs },
      { as: 'training' },
    );
    expect(answer).toMatchObject({ status: 409, body: { code: 'CONFLICT' } });
    expect((await get(id)).status).toBe('running');
    for (const wrong of [{}, null, { version: {} }, { ...success, blobs: [{}] }]) {
      const refused = await registry.call('POST', `/internal/dataset-imports/${id}/succeed`, wrong, {
        as: 'training',
      });
      expect(refused.status).toBe(400);
    }
  });

  it('are told to no one but services', async () => {
    const { id } = await importer.submit({ name: 'private' });
    const answer = await registry.call('POST', `/internal/dataset-imports/${id}/start`, { attemptId: 'a' });
    expect(answer.status).toBe(403);
  });

  it('show a URL without its query', async () => {
    const url = 'https://example.org/flowers.zip?signature=secret#part';
    const { id } = await registry.ok<DatasetImport>('POST', '/api/v1/datasets', {
      name: 'linked',
      source: { type: 'url', url, sha256: 'AB'.repeat(32) },
    });
    const shown = { type: 'url', url: 'https://example.org/flowers.zip', sha256: 'ab'.repeat(32) };
    expect((await get(id)).source).toEqual(shown);
    expect(
      (await registry.ok<Page<DatasetImport>>('GET', '/api/v1/dataset-imports?dataset=linked')).items,
    ).toMatchObject([{ source: shown }]);
    const started = await importer.start(id);
    expect(started.import.source).toMatchObject({ url: 'https://example.org/flowers.zip?signature=secret' });
    expect(JSON.stringify(await registry.ok('GET', '/api/v1/audit'))).not.toContain('secret');
  });

  it('are listed newest first, and followed by their events', async () => {
    const { id } = await importer.submit({ name: 'listed' });
    const all = await registry.ok<Page<DatasetImport>>('GET', '/api/v1/dataset-imports?pageSize=1');
    expect(all.items.map((one) => one.id)).toEqual([id]);
    const done = await registry.ok<Page<DatasetImport>>('GET', '/api/v1/dataset-imports?status=succeeded');
    expect(done.items.every(({ status }) => status === 'succeeded')).toBe(true);
    const stream = await registry.fetch('GET', `/api/v1/dataset-imports/${id}/events`);
    await importer.finish(id);
    const text = await stream.text();
    expect([...text.matchAll(/^event: (.*)$/gm)].map(([, event]) => event)).toEqual([
      'status',
      'status',
      'status',
    ]);
    expect(text).toContain('"status":"succeeded"');
  });

  it.each([
    ['no name', { source: { type: 'well-known', name: 'mnist' } }, 'name'],
    ['no source', { name: 'mine' }, 'source'],
    ['two sources', { name: 'a', builtIn: 'iris', source: { type: 'well-known', name: 'mnist' } }, 'source'],
    ['an unknown type', { name: 'a', source: { type: 'ftp' } }, 'source.type'],
    ['no uploads', { name: 'a', source: { type: 'upload' } }, 'source.uploads'],
    ['empty uploads', { name: 'a', source: { type: 'upload', uploads: [] } }, 'source.uploads'],
    [
      'an upload that is none',
      { name: 'a', source: { type: 'upload', uploads: [{ id: NONE }] } },
      'source.uploads[0].id',
    ],
    [
      'an upload twice',
      { name: 'a', source: { type: 'upload', uploads: [{ id: NONE }, { id: NONE }] } },
      'source.uploads[1].id',
    ],
    [
      'a label that is empty',
      { name: 'a', source: { type: 'upload', uploads: [{ id: NONE, label: '' }] } },
      'source.uploads[0].label',
    ],
    [
      'a split that is none',
      { name: 'a', source: { type: 'upload', uploads: [{ id: NONE, split: 'dev' }] } },
      'source.uploads[0].split',
    ],
    ['a URL without hash', { name: 'a', source: { type: 'url', url: 'https://a/b' } }, 'source.sha256'],
    [
      'a hash that is none',
      { name: 'a', source: { type: 'url', url: 'https://a/b', sha256: 'x' } },
      'source.sha256',
    ],
    [
      'another scheme',
      { name: 'a', source: { type: 'url', url: 'file:///etc/passwd', sha256: 'ab'.repeat(32) } },
      'source.url',
    ],
    [
      'a password in the URL',
      { name: 'a', source: { type: 'url', url: 'https://me:x@a/b', sha256: 'ab'.repeat(32) } },
      'source.url',
    ],
    ['half a URL', { name: 'a', source: { type: 'url', url: 'a/b', sha256: 'ab'.repeat(32) } }, 'source.url'],
    ['an unknown set', { name: 'a', source: { type: 'well-known', name: 'imagenet' } }, 'source.name'],
    ['a derivation', { name: 'a', source: { type: 'derive', changes: {} } }, 'source'],
    [
      'fields of another type',
      { name: 'a', source: { type: 'well-known', name: 'mnist', url: 'https://a' } },
      'source.url',
    ],
    ['an unknown format', { name: 'mnist', format: 'xlsx' }, 'format'],
    ['a target that is none', { name: 'mnist', target: '' }, 'target'],
    ['columns that are none', { name: 'mnist', columns: [] }, 'columns'],
    ['an unknown column type', { name: 'mnist', columns: { a: { type: 'blob' } } }, 'columns'],
    ['an unknown role', { name: 'mnist', columns: { a: { role: 'king' } } }, 'columns'],
    ['more about a column', { name: 'mnist', columns: { a: { size: 1 } } }, 'columns'],
    ['a long delimiter', { name: 'mnist', csv: { delimiter: 'xxxxx' } }, 'csv.delimiter'],
    ['a long quote', { name: 'mnist', csv: { quote: '""' } }, 'csv.quote'],
    ['a header that is no boolean', { name: 'mnist', csv: { header: 'yes' } }, 'csv.header'],
    ['an unknown encoding', { name: 'mnist', csv: { encoding: 'ebcdic' } }, 'csv.encoding'],
    ['null values that are no texts', { name: 'mnist', csv: { nullValues: [1] } }, 'csv.nullValues'],
    ['an image without width', { name: 'mnist', image: { width: 0 } }, 'image.width'],
    ['an image of a mile', { name: 'mnist', image: { height: 1e9 } }, 'image.height'],
    ['two channels', { name: 'mnist', image: { channels: 2 } }, 'image.channels'],
    ['an unknown fit', { name: 'mnist', image: { fit: 'squeeze' } }, 'image.fit'],
    ['an unknown method', { name: 'mnist', split: { method: 'random' } }, 'split.method'],
    ['half a seed', { name: 'mnist', split: { seed: 0.5 } }, 'split.seed'],
    [
      'fractions beyond one',
      { name: 'mnist', split: { fractions: { train: 1, validation: 1, test: 1 } } },
      'split.fractions',
    ],
    ['fractions that lack one', { name: 'mnist', split: { fractions: { train: 1 } } }, 'split.fractions'],
    [
      'nothing to train on',
      { name: 'mnist', split: { fractions: { train: 0, validation: 0.5, test: 0.5 } } },
      'split.fractions',
    ],
    ['a split column that is empty', { name: 'mnist', split: { column: '' } }, 'split.column'],
    ['another fate of bad rows', { name: 'mnist', badRows: 'ignore' }, 'badRows'],
    ['an origin that is none', { name: 'mnist', origin: { licence: 1 } }, 'origin.licence'],
    ['a contract that is none', { name: 'mnist', contract: { kind: 'image' } }, 'contract'],
    ['an append to nothing', { name: 'mnist', append: {} }, 'append.version'],
    ['an append to half a version', { name: 'mnist', append: { version: 1.5 } }, 'append.version'],
    ['options of a built-in set', { name: 'iris', target: 'species' }, 'target'],
    ['an unknown field', { name: 'mnist', colour: 'red' }, 'colour'],
  ])('are refused with %s', async (_, body, path) => {
    const answer = await post(body);
    expect([answer.status, answer.body.errors?.map((field) => field.path)]).toEqual([
      400,
      expect.arrayContaining([expect.stringContaining(path)]),
    ]);
  });

  it('are refused while an upload has not arrived', async () => {
    const headers = { 'tus-resumable': '1.0.0', 'upload-length': '5' };
    const { id } = await registry.ok<{ id: string }>('POST', '/api/v1/uploads', undefined, { headers });
    const answer = await post({ name: 'early', source: { type: 'upload', uploads: [{ id }] } });
    expect(answer).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('0 of 5 bytes') as string },
    });
  });

  it.each([
    ['derive', {}, ''],
    ['derive', { drop: [] }, 'drop'],
    ['derive', { drop: [-1] }, 'drop'],
    ['derive', { relabel: [{ row: 1 }] }, 'relabel[0].label'],
    ['derive', { relabel: [{ row: 'x', label: 'a' }] }, 'relabel[0].row'],
    ['derive', { filter: '' }, 'filter'],
    ['derive', { split: { seed: -1 } }, 'split.seed'],
    ['append', {}, 'source'],
  ])('refuse to %s with %j', async (what, body, path) => {
    await registry.ok('POST', '/api/v1/datasets', { name: 'iris' });
    const answer = await post(body, `/api/v1/datasets/iris/versions/1/${what}`);
    expect([answer.status, answer.body.errors?.[0]?.path]).toEqual([400, path]);
  });

  it.each([
    ['GET', `/api/v1/dataset-imports/${NONE}`, 404],
    ['GET', '/api/v1/dataset-imports/1', 400],
    ['GET', `/api/v1/dataset-imports/${NONE}/events`, 404],
    ['POST', `/api/v1/dataset-imports/${NONE}/cancel`, 404],
    ['POST', `/api/v1/dataset-imports/${NONE}/retry`, 404],
    ['GET', '/api/v1/dataset-imports?status=done', 400],
    ['GET', '/api/v1/dataset-imports?dataset=..', 400],
  ])('answer %s %s with %i', async (method, path, status) => {
    expect((await registry.call(method, path)).status).toBe(status);
  });
});
