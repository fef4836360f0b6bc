import { request } from 'node:http';
import type { Problem } from '@modelyard/contracts';
import { eventually } from '@modelyard/platform-testing';
import { Client } from './support/client';
import { RunningStack } from './support/running-stack';

describe('bad input through the gateway', () => {
  let stack: RunningStack;
  let client: Client;
  let recipe: string;
  let model: { name: string; version: number };

  beforeAll(async () => {
    stack = await RunningStack.start();
    client = stack.client();
    await client.importBuiltIn('digits');
    await client.importBuiltIn('iris');
    recipe = client.recipe('iris-logistic-regression.yaml');
    const job = await client.ended((await client.train(recipe)).id);
    if (job.result?.model === undefined) throw new Error(JSON.stringify(job));
    model = job.result.model;
    const target = { model: model.name, version: model.version };
    await client.must('POST', '/api/v1/deployments', { name: 'flowers', target });
    await client.serving('flowers', model.version);
  });
  afterAll(() => stack.stop());

  /** Sends it and checks what every refusal has. */
  async function refused(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Problem> {
    const answer = await client.send<Problem>(method, path, body, headers);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(answer.body.status).toBe(answer.status);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.headers.get('x-request-id')).toBeTruthy();
    return answer.body;
  }
  const yaml = { 'content-type': 'application/yaml' };
  const fields = (problem: Problem): string[] => (problem.errors ?? []).map((error) => error.path);

  it.each([
    ['an unknown field', { name: 'x', builtIn: 'iris', colour: 'red' }, 400, 'colour'],
    ['a wrong type', { name: 7, builtIn: 'iris' }, 400, 'name'],
    ['an unknown built-in dataset', { name: 'x', builtIn: 'imagenet' }, 400, 'builtIn'],
    ['a name with forbidden characters', { name: '../etc', builtIn: 'iris' }, 400, 'name'],
  ])('refuses a dataset with %s', async (_name, body, status, field) => {
    const problem = await refused('POST', '/api/v1/datasets', body);
    expect(problem.status).toBe(status);
    expect(fields(problem)).toContain(field);
  });

  it.each([
    ['an unknown dataset', (text: string) => text.replace(/name: iris\n/, 'name: tulips\n'), 404, /dataset/],
    [
      'an unknown layer',
      (text: string) => text.replace(/type: dense/, 'type: densse'),
      400,
      /layers\[0\]\.type/,
    ],
    ['a misspelt key', (text: string) => text.replace(/epochs:/, 'epocs:'), 400, /training\.epocs/],
    ['NaN', (text: string) => text.replace(/learningRate: .*/, 'learningRate: .nan'), 400, /learningRate/],
    [
      'an alias bomb',
      () =>
        `a: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c]\ne: [*d,*d,*d,*d,*d,*d,*d,*d]\n`,
      400,
      /./,
    ],
    ['broken YAML', () => 'model: [', 400, /.?/],
  ])('refuses a recipe with %s', async (_name, change, status, path) => {
    const changed = change(recipe);
    expect(changed).not.toBe(recipe);
    const problem = await refused('POST', '/api/v1/training-jobs', changed, yaml);
    expect(problem.status).toBe(status);
    expect(`${fields(problem).join(' ')} ${problem.detail}`).toMatch(path);
  });

  it('refuses a name that is taken', async () => {
    const problem = await refused('POST', '/api/v1/deployments', {
      name: 'flowers',
      target: { model: model.name, version: model.version },
    });
    expect(problem).toMatchObject({ status: 409, code: 'ALREADY_EXISTS' });
  });

  it('names what does not exist', async () => {
    for (const path of [
      '/api/v1/models/none',
      `/api/v1/runs/${'0'.repeat(32)}`,
      '/api/v1/datasets/none',
      `/api/v1/training-jobs/${'0'.repeat(32)}`,
      '/api/v1/deployments/none',
      '/api/v1/nothing',
    ]) {
      const problem = await refused('GET', path);
      expect([path, problem.status]).toEqual([path, 404]);
    }
  });

  it('refuses broken JSON, a wrong content type and a broken page token', async () => {
    expect((await refused('POST', '/api/v1/datasets', '{"name":')).status).toBe(400);
    expect(
      (await refused('POST', '/api/v1/datasets', '<a/>', { 'content-type': 'application/xml' })).status,
    ).toBe(415);
    expect((await refused('GET', '/api/v1/runs?pageToken=%00')).status).toBe(400);
    expect((await refused('GET', '/api/v1/runs?pageSize=1e9')).status).toBe(400);
  });

  it.each([
    ['too few columns', { rows: [[1, 2, 3]] }, /rows\[0\]/],
    [
      'a ragged second row',
      {
        rows: [
          [1, 2, 3, 4],
          [1, 2],
        ],
      },
      /rows\[1\]/,
    ],
    ['text', { rows: [['a', 2, 3, 4]] }, /rows\[0\]/],
    ['null, which is what NaN becomes in JSON', { rows: [[null, 2, 3, 4]] }, /rows\[0\]/],
    ['no rows', { rows: [] }, /rows/],
    ['an unknown field', { rowz: [[1, 2, 3, 4]] }, /rowz|rows/],
    ['an image for a table', { image: [[1]] }, /image|rows/],
  ])('refuses a prediction with %s', async (_name, body, path) => {
    const problem = await refused('POST', '/api/v1/deployments/flowers/predict', body);
    expect(problem.status).toBe(400);
    expect(`${fields(problem).join(' ')} ${problem.detail}`).toMatch(path);
  });

  it('refuses a body that is too large, announced or not', async () => {
    const announced = await client.send<Problem>(
      'POST',
      '/api/v1/datasets',
      `{"name":"${'x'.repeat(70 * 1024 * 1024)}"}`,
    );
    expect(announced.status).toBe(413);
    const status = await chunked(`${stack.url}/api/v1/datasets`, stack.describe().adminKey, 70);
    expect(status).toBe(413);
  });

  it('refuses who has no key, a wrong key, a revoked one and an expired one', async () => {
    for (const key of [
      undefined,
      'nonsense',
      'my_0123456789abcdef_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    ]) {
      const answer = await new Client(stack.url, key).send('GET', '/api/v1/models');
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toMatch(/Bearer/);
    }
    const soon = new Date(Date.now() + 4_000).toISOString();
    const { key } = await client.must<{ key: string }>('POST', '/api/v1/api-keys', {
      name: 'brief',
      role: 'viewer',
      expiresAt: soon,
    });
    const brief = new Client(stack.url, key);
    await eventually(async () => expect((await brief.send('GET', '/api/v1/models')).status).toBe(200));
    await eventually(async () => expect((await brief.send('GET', '/api/v1/models')).status).toBe(401), {
      timeoutMs: 10_000,
    });

    const made = await client.must<{ id: string; key: string }>('POST', '/api/v1/api-keys', {
      name: 'gone',
      role: 'admin',
    });
    const gone = new Client(stack.url, made.key);
    await eventually(async () => expect((await gone.send('GET', '/api/v1/models')).status).toBe(200));
    await client.must('DELETE', `/api/v1/api-keys/${made.id}`);
    await eventually(async () => expect((await gone.send('GET', '/api/v1/models')).status).toBe(401), {
      timeoutMs: 10_000,
    });
  });

  it('holds each role to what it may do', async () => {
    const keys: Record<string, Client> = {};
    for (const role of ['predictor', 'viewer', 'editor']) {
      const { key } = await client.must<{ key: string }>('POST', '/api/v1/api-keys', { name: role, role });
      keys[role] = new Client(stack.url, key);
    }
    const status = async (role: string, method: string, path: string, body?: unknown): Promise<number> =>
      ((await keys[role]?.send(method, path, body)) ?? { status: 0 }).status;
    const rows = { rows: [[5.1, 3.5, 1.4, 0.2]] };
    expect(await status('predictor', 'POST', '/api/v1/deployments/flowers/predict', rows)).toBe(200);
    expect(await status('predictor', 'GET', '/api/v1/models')).toBe(403);
    expect(await status('predictor', 'POST', '/api/v1/datasets', { name: 'y', builtIn: 'iris' })).toBe(403);
    expect(await status('viewer', 'GET', '/api/v1/models')).toBe(200);
    expect(await status('viewer', 'POST', '/api/v1/datasets', { name: 'y', builtIn: 'iris' })).toBe(403);
    expect(await status('editor', 'POST', '/api/v1/datasets', { name: 'y', builtIn: 'iris' })).toBeLessThan(
      300,
    );
    expect(await status('editor', 'GET', '/api/v1/api-keys')).toBe(403);
    expect(await status('editor', 'GET', '/api/v1/audit')).toBe(403);
  });

  it('never lets the outside reach the services’ own routes', async () => {
    for (const path of [
      '/internal/deployments',
      '/internal/api-keys',
      '/api/v1/../../internal/api-keys',
      '/api/v1/%2e%2e/%2e%2e/internal/api-keys',
      '//internal/api-keys',
    ]) {
      const { status, body } = await raw(stack.url, path, stack.describe().adminKey);
      expect([path, [400, 404].includes(status)]).toEqual([path, true]);
      expect(body).not.toContain('sha256');
    }
    // A leaked port is not a leaked platform: a service trusts signed calls only.
    const registry = stack.describe().processes['registry']?.url ?? '';
    for (const path of ['/internal/api-keys', '/api/v1/models']) {
      expect(
        (await fetch(registry + path, { headers: { 'x-modelyard-caller': 'Bearer forged' } })).status,
      ).toBe(401);
    }
  });

  it('writes down who changed what, and no secret', async () => {
    const audit = await client.must<{ items: { action: string; caller: { name: string } }[] }>(
      'GET',
      '/api/v1/audit?pageSize=200',
    );
    expect(audit.items.length).toBeGreaterThan(5);
    const key = stack.describe().adminKey;
    const secret = key.split('_').at(-1) ?? '';
    for (const name of ['gateway', 'registry', 'inference', 'training'])
      expect(stack.log(name)).not.toContain(secret);
    expect(JSON.stringify(audit)).not.toContain(secret);
  });
});

/** Sends more and more without saying how much it will be. */
function chunked(url: string, key: string, megabytes: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = request(
      url,
      { method: 'POST', headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' } },
      (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
        call.destroy();
      },
    );
    call.on('error', reject);
    const chunk = Buffer.alloc(1024 * 1024, 'x');
    let sent = 0;
    const more = (): void => {
      if (sent >= megabytes || call.destroyed) {
        call.end();
        return;
      }
      sent += 1;
      if (call.write(chunk)) setImmediate(more);
      else call.once('drain', more);
    };
    call.write('{"name":"');
    more();
  });
}

/** A request whose path is sent as it stands: `fetch` would tidy it. */
function raw(url: string, path: string, key: string): Promise<{ status: number; body: string }> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path, headers: { authorization: `Bearer ${key}` } }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    })
      .on('error', reject)
      .end();
  });
}
