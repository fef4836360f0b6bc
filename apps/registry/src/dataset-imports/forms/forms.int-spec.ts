import { request as httpRequest } from 'node:http';
import type { DatasetImport, DatasetVersion, Page, Problem, Upload } from '@modelyard/contracts';
import { eventually } from '@modelyard/platform-testing';
import { Importer } from '../../testing/importer';
import { RegistryUnderTest } from '../../testing/registry-under-test';

/** Fields in their order; a pair of a file's name and its content is a file. */
type Field = [name: string, value: string | { name: string; content: string | Uint8Array }];

const file = (name: string, content: string | Uint8Array = name): Field => ['file', { name, content }];

describe('forms', () => {
  let registry: RegistryUnderTest;
  let importer: Importer;
  beforeAll(async () => {
    registry = await RegistryUnderTest.start();
    importer = new Importer(registry);
  });
  afterAll(() => registry.stop());

  async function send<T = DatasetImport>(
    fields: readonly Field[],
    headers: Record<string, string> = {},
    path = '/api/v1/datasets',
  ): Promise<{ status: number; headers: Headers; body: T }> {
    const body = new FormData();
    for (const [name, value] of fields) {
      if (typeof value === 'string') body.append(name, value);
      else body.append(name, new File([value.content], value.name));
    }
    const response = await fetch(`${registry.service.url}${path}`, {
      method: 'POST',
      headers: { ...registry.headers(), ...headers },
      body,
    });
    return { status: response.status, headers: response.headers, body: (await response.json()) as T };
  }

  /** What the worker gets to know of the files: name, class, split. */
  async function filesOf(fields: readonly Field[]): Promise<(string | undefined)[][]> {
    const { status, body } = await send([['name', 'forms'], ...fields]);
    expect([status, body]).toMatchObject([202, { status: 'queued' }]);
    const { files } = await importer.start(body.id);
    return files.map(({ name, label, split }) => [name, label, split]);
  }

  it('are imports of their files, with the options that they name', async () => {
    const answer = await send([
      ['name', 'by-form'],
      ['target', 'b'],
      ['description', 'Made by hand'],
      ['csv', '{"delimiter":";"}'],
      file('flowers.csv', 'a;b\n1;x\n'),
    ]);
    expect(answer).toMatchObject({
      status: 202,
      body: { dataset: 'by-form', options: { target: 'b', csv: { delimiter: ';' } } },
    });
    expect(answer.headers.get('location')).toBe(`/api/v1/dataset-imports/${answer.body.id}`);
    const { files } = await importer.start(answer.body.id);
    expect(files).toEqual([
      { name: 'flowers.csv', size: 8, pieces: [{ sha256: expect.any(String), size: 8 }] },
    ]);
  });

  it('have a label and a split for the files after them', async () => {
    await expect(
      filesOf([
        file('0.png'),
        ['label', 'cat'],
        file('1.png'),
        ['split', 'train'],
        file('2.png'),
        file('3.png'),
        ['split', 'test'],
        ['label', 'dog'],
        file('4.png'),
      ]),
    ).resolves.toEqual([
      ['0.png', undefined, undefined],
      ['1.png', 'cat', undefined],
      ['2.png', 'cat', 'train'],
      ['3.png', 'cat', 'train'],
      ['4.png', 'dog', 'test'],
    ]);
  });

  it('say with the folders of a file what it is, where no field does', async () => {
    await expect(
      filesOf([
        file('train/cat/1.jpg'),
        file('pets/val/dog/2.jpg'),
        file('dog/3.jpg'),
        file('data/iris.csv'),
        ['label', 'bird'],
        file('test/cat/4.jpg'),
      ]),
    ).resolves.toEqual([
      ['train/cat/1.jpg', 'cat', 'train'],
      ['pets/val/dog/2.jpg', 'dog', 'validation'],
      ['dog/3.jpg', 'dog', undefined],
      ['data/iris.csv', undefined, undefined],
      ['test/cat/4.jpg', 'bird', 'test'],
    ]);
  });

  it('say the labels of files by their names, before or after them', async () => {
    const labels: Field = ['labels', JSON.stringify({ '1.png': 'cat', '2.png': 'dog' })];
    const expected = [
      ['1.png', 'cat', undefined],
      ['2.png', 'dog', undefined],
      ['x/3.png', 'x', undefined],
    ];
    const files = [file('1.png'), file('2.png'), file('x/3.png')];
    await expect(filesOf([labels, ...files])).resolves.toEqual(expected);
    await expect(filesOf([...files, labels])).resolves.toEqual(expected);
  });

  it('take options as one JSON object, or divided', async () => {
    const { body } = await send([
      ['options', '{"name":"unused","badRows":"warn","image":{"width":8},"split":{"seed":4}}'],
      ['name', 'optional'],
      ['badRows', 'quarantine'],
      file('1.png'),
    ]);
    expect(body).toMatchObject({
      dataset: 'optional',
      options: { badRows: 'quarantine', image: { width: 8 }, split: { seed: 4 } },
    });
    const divided = await send([
      ['name', 'divided'],
      ['split', '{"method":"stratified","seed":7}'],
      file('1.png'),
    ]);
    expect(divided.body.options).toEqual({ split: { method: 'stratified', seed: 7 } });
  });

  it('come without files too', async () => {
    const { status, body } = await send<DatasetVersion>([
      ['name', 'flowers'],
      ['builtIn', 'iris'],
    ]);
    expect([status, body]).toMatchObject([201, { dataset: 'flowers', version: 1 }]);
    const known = await send([
      ['name', 'numbers'],
      ['source', '{"type":"well-known","name":"mnist"}'],
    ]);
    expect(known.body.source).toEqual({ type: 'well-known', name: 'mnist' });
  });

  it('append to a version', async () => {
    await importer.import({ name: 'appended' });
    const { status, body } = await send(
      [file('more.csv')],
      {},
      '/api/v1/datasets/appended/versions/1/append',
    );
    expect([status, body]).toMatchObject([202, { parentVersion: 1, source: { type: 'upload' } }]);
  });

  it('have files of many pieces, and many files, in constant order', async () => {
    const large = new Uint8Array(20 * 1024 * 1024).fill(7);
    const many = Array.from({ length: 60 }, (_, index) => file(`${index}.png`));
    const { body } = await send([['name', 'large'], file('large.bin', large), ...many]);
    const { files } = await importer.start(body.id);
    expect(files[0]).toMatchObject({ size: large.length, pieces: [{}, {}, {}] });
    expect(files.slice(1).map(({ name }) => name)).toEqual(many.map((_, index) => `${index}.png`));
  });

  it.each<[string, Field[], string]>([
    ['no file', [['name', 'a']], 'file'],
    ['an empty file', [['name', 'a'], file('1.csv', '')], 'file'],
    [
      'a file in another field',
      [
        ['name', 'a'],
        ['upload', { name: '1.csv', content: 'x' }],
      ],
      'upload',
    ],
    ['no name', [file('1.csv')], 'name'],
    ['an unknown field', [['colour', 'red'], file('1.csv')], 'colour'],
    ['broken options', [['name', 'a'], ['options', '{"target"'], file('1.csv')], 'options'],
    ['options that are a list', [['name', 'a'], ['options', '[]'], file('1.csv')], 'options'],
    ['wrong options', [['name', 'a'], ['options', '{"badRows":"eat"}'], file('1.csv')], 'badRows'],
    ['broken CSV options', [['name', 'a'], ['csv', 'comma'], file('1.csv')], 'csv'],
    ['a split that is none', [['name', 'a'], ['split', 'dev'], file('1.csv')], 'split'],
    ['an empty label', [['name', 'a'], ['label', ''], file('1.png')], 'label'],
    ['broken labels', [['name', 'a'], ['labels', 'cat'], file('1.png')], 'labels'],
    ['labels of no file', [['name', 'a'], ['labels', '{"2.png":"cat"}'], file('1.png')], 'labels'],
    ['labels that are no texts', [['name', 'a'], ['labels', '{"1.png":1}'], file('1.png')], 'labels'],
    [
      'a source besides its files',
      [['name', 'a'], ['source', '{"type":"well-known","name":"mnist"}'], file('1.png')],
      'source',
    ],
  ])('are refused with %s', async (_, fields, path) => {
    const { status, body } = await send<Problem>(fields);
    expect([status, body.errors?.map((field) => field.path)]).toEqual([400, [path]]);
  });

  it.each([
    ['no boundary', 'multipart/form-data', 'x'],
    [
      'no end',
      'multipart/form-data; boundary=b',
      '--b\r\ncontent-disposition: form-data; name="name"\r\n\r\na',
    ],
    ['nothing', 'multipart/form-data; boundary=b', ''],
  ])('are refused that have %s', async (_, type, body) => {
    const answer = await registry.call<Problem>('POST', '/api/v1/datasets', body, {
      headers: { 'content-type': type },
    });
    expect(answer).toMatchObject({ status: 400, body: { code: 'MALFORMED_BODY' } });
  });

  it('are taken nowhere else', async () => {
    const answer = await send<Problem>([['name', 'a']], {}, '/api/v1/models');
    expect(answer.status).toBe(415);
  });

  it('that break off leave no import, and what arrived of them for a while', async () => {
    const request = httpRequest(`${registry.service.url}/api/v1/datasets`, {
      method: 'POST',
      headers: {
        ...registry.headers(),
        'content-type': 'multipart/form-data; boundary=b',
        'content-length': '100000',
      },
    });
    request.on('error', () => {});
    const field = '--b\r\ncontent-disposition: form-data; name="name"\r\n\r\nbroken-off\r\n';
    const begun = '--b\r\ncontent-disposition: form-data; name="file"; filename="half.csv"\r\n\r\na,b\n1,';
    await new Promise<void>((resolve) => request.write(`${field}${begun}`, () => resolve()));
    request.destroy();
    const kept = async (): Promise<Upload[]> =>
      (await registry.ok<Page<Upload>>('GET', '/api/v1/uploads')).items;
    await eventually(async () => expect((await kept()).map(({ name }) => name)).toContain('half.csv'));
    const imports = await registry.ok<Page<DatasetImport>>(
      'GET',
      '/api/v1/dataset-imports?dataset=broken-off',
    );
    expect(imports.items).toEqual([]);
  });

  describe('with an idempotency key', () => {
    const form: Field[] = [['name', 'repeated'], ['label', 'x'], file('1.png', 'one'), file('2.png', 'two')];
    const key = { 'idempotency-key': 'a-form' };

    it('are one import however often they come, at once too', async () => {
      const answers = await Promise.all([1, 2, 3].map(() => send(form, key)));
      answers.push(await send(form, key));
      expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202]);
      expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
      expect(answers.at(-1)?.headers.get('idempotency-replayed')).toBe('true');
    });

    it.each<[string, Field[]]>([
      ['content', [...form.slice(0, -1), file('2.png', 'three')]],
      ['names', [...form.slice(0, -1), file('3.png', 'two')]],
      ['labels', [['name', 'repeated'], ['label', 'y'], ...form.slice(2)]],
      ['options', [...form, ['target', 'y']]],
      ['fewer files', form.slice(0, -1)],
    ])('are another request with other %s', async (what, other) => {
      const own = { 'idempotency-key': `other-${what.replaceAll(' ', '-')}` };
      expect((await send(form, own)).status).toBe(202);
      expect(await send<Problem>(other, own)).toMatchObject({
        status: 422,
        body: { code: 'IDEMPOTENCY_KEY_REUSED' },
      });
    });
  });
});
