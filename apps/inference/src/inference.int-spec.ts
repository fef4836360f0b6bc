import './testing/host-typed-arrays';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Caller, DesiredDeployment, Signature } from '@modelyard/contracts';
import { CallerTokens } from '@modelyard/platform-access';
import { openBlobStore } from '@modelyard/platform-blobs';
import { loadConfig } from '@modelyard/platform-config';
import type { RunningService } from '@modelyard/platform-service';
import { eventually } from '@modelyard/platform-testing';
import sharp from 'sharp';
import { InferenceConfig } from './inference.config';
import { startInference } from './start-inference';
import { FakeRegistry } from './testing/fake-registry';
import { imageModel, imageSignature, tableAnswer, tableModel, tableSignature } from './testing/tiny-models';

const SECRET = 'test-secret-test-secret-test-secret';
const caller = (role: Caller['role']): Caller => ({ id: 'k', name: 'k', role, kind: 'api-key' });

type Answer = {
  prediction: string;
  confidence: number;
  probabilities: Record<string, number>;
  modelVersion: { model: string; version: number };
  predictionId: string;
  deployment: string;
  predictions: Omit<Answer, 'predictions' | 'modelVersion' | 'deployment'>[];
  code: string;
  detail: string;
  errors: { path: string; message: string }[];
};

describe('the inference service', () => {
  const registry = new FakeRegistry();
  let folder: string;
  let service: RunningService;
  let environment: Record<string, string>;

  async function deployment(
    name: string,
    revision: number,
    model: Buffer,
    signature: Signature,
    changes: Partial<DesiredDeployment> = {},
  ): Promise<DesiredDeployment> {
    const blob = await openBlobStore(pathToFileURL(folder).href).put(model);
    return {
      name,
      revision,
      isDefault: false,
      model: name,
      version: revision,
      signature,
      package: [{ path: 'model.onnx', ...blob }],
      ...changes,
    };
  }

  function send(
    path: string,
    body: NonNullable<RequestInit['body']>,
    headers: Record<string, string> = {},
    role: Caller['role'] = 'predictor',
  ) {
    const token = new CallerTokens(SECRET).sign(caller(role), 'r');
    const all = { 'x-modelyard-caller': `Bearer ${token}`, ...headers };
    return fetch(service.url + path, { method: 'POST', body, headers: all });
  }
  async function predict(path: string, body: unknown): Promise<[number, Answer]> {
    const response = await send(path, JSON.stringify(body), { 'content-type': 'application/json' });
    return [response.status, (await response.json()) as Answer];
  }
  const shapes = '/api/v1/deployments/shapes/predict';
  const pixels = '/api/v1/deployments/pixels/predict';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inference-'));
    await registry.start();
    environment = {
      NODE_ENV: 'test',
      PORT: '0',
      LOG_LEVEL: 'silent',
      INTERNAL_TOKEN_SECRET: SECRET,
      REGISTRY_URL: registry.url,
      ARTIFACT_STORE_URL: pathToFileURL(folder).href,
      INFERENCE_POLL_MS: '100',
      INFERENCE_MAX_ROWS: '50',
      INFERENCE_MAX_BODY_BYTES: '100000',
      REPLICA_ID: 'replica-1',
    };
    registry.desired = [
      await deployment('shapes', 1, tableModel(), tableSignature, { isDefault: true }),
      await deployment('pixels', 1, imageModel(), imageSignature),
    ];
    service = await startInference(loadConfig(InferenceConfig, environment));
    await eventually(async () => expect((await fetch(`${service.url}/health/ready`)).status).toBe(200));
  });
  afterAll(async () => {
    await service.stop();
    await registry.die();
    await rm(folder, { recursive: true });
  });

  it('answers one row by column name', async () => {
    const [status, answer] = await predict(shapes, { row: { width: 3, height: 1 } });
    const [small = 0, middle = 0, large = 0] = tableAnswer([3, 1]);
    expect(status).toBe(200);
    expect(answer).toEqual({
      prediction: 'small',
      confidence: expect.closeTo(small, 5) as number,
      probabilities: {
        small: expect.closeTo(small, 5) as number,
        middle: expect.closeTo(middle, 5) as number,
        large: expect.closeTo(large, 5) as number,
      },
      modelVersion: { model: 'shapes', version: 1 },
      predictionId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      deployment: 'shapes',
    });
  });

  it('answers a list of rows in their order', async () => {
    const rows = Array.from({ length: 50 }, (_, index) => [
      index % 3 === 0 ? 5 : -5,
      index % 3 === 1 ? 5 : -5,
    ]);
    const [, answer] = await predict(shapes, { instances: rows });
    const expected = rows.map((_, index) => ['small', 'large', 'middle'][index % 3]);
    expect(answer.predictions.map(({ prediction }) => prediction)).toEqual(expected);
    expect(new Set(answer.predictions.map(({ predictionId }) => predictionId)).size).toBe(50);
  });

  it('keeps a hundred answers at once apart', async () => {
    const rows = Array.from({ length: 100 }, (_, index): [number, number] => [index / 10, 5 - index / 10]);
    const answers = await Promise.all(rows.map((row) => predict(shapes, { row })));
    answers.forEach(([, { probabilities }], index) => {
      expect(probabilities['small']).toBeCloseTo(tableAnswer(rows[index] as [number, number])[0] ?? 0, 5);
    });
  });

  it('answers for the default deployment', async () => {
    const [status, answer] = await predict('/predict', { row: [0, 9] });
    expect([status, answer.deployment, answer.prediction]).toEqual([200, 'shapes', 'large']);
  });

  it('takes raw float32, and other types by header', async () => {
    const bytes = (data: ArrayBufferView): Buffer =>
      Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    const headers = { 'content-type': 'application/octet-stream' };
    const float = await send(shapes, bytes(Float32Array.of(9, 0, 0, 9)), headers);
    const { predictions } = (await float.json()) as Answer;
    expect(predictions.map(({ prediction }) => prediction)).toEqual(['small', 'large']);
    const byte = await send(pixels, bytes(Uint8Array.of(0, 0, 16, 0)), {
      ...headers,
      'x-tensor-dtype': 'uint8',
    });
    expect(((await byte.json()) as Answer).prediction).toBe('2');
    const unknown = await send(pixels, 'abcd', { ...headers, 'x-tensor-dtype': 'complex64' });
    expect(unknown.status).toBe(400);
    expect(((await unknown.json()) as Answer).detail).toContain(
      'header x-tensor-dtype must be one of float32',
    );
  });

  it('takes an image file, as the body and in a form', async () => {
    const png = await sharp(Buffer.from([0, 255, 0, 0]), { raw: { width: 2, height: 2, channels: 1 } })
      .png()
      .toBuffer();
    const direct = await send(pixels, png, { 'content-type': 'image/png' });
    expect(((await direct.json()) as Answer).prediction).toBe('1');
    for (const field of ['image', 'file']) {
      const form = new FormData();
      form.set(field, new Blob([png]), 'one.png');
      expect(((await (await send(pixels, form)).json()) as Answer).prediction).toBe('1');
    }
  });

  it.each<[string, () => Promise<Response>, number, string, string]>([
    [
      'an unknown deployment',
      () => send('/api/v1/deployments/nothing/predict', '{}', { 'content-type': 'application/json' }),
      404,
      'NOT_FOUND',
      'There is no deployment "nothing".',
    ],
    [
      'a short row',
      () => send(shapes, '{"rows":[[1,2],[3]]}', { 'content-type': 'application/json' }),
      400,
      'VALIDATION_FAILED',
      'rows[1] has 1 value, expected 2',
    ],
    [
      'a number beyond all',
      () => send(shapes, '{"row":[1e999,0]}', { 'content-type': 'application/json' }),
      400,
      'VALIDATION_FAILED',
      'row[0] is Infinity, expected a finite number',
    ],
    [
      'values that overflow inside the model',
      () => send(shapes, '{"row":[3e38,-3e38]}', { 'content-type': 'application/json' }),
      200,
      '',
      '',
    ],
    [
      'too many rows',
      () =>
        send(shapes, JSON.stringify({ rows: new Array(51).fill([1, 2]) }), {
          'content-type': 'application/json',
        }),
      400,
      'VALIDATION_FAILED',
      'rows has 51 samples, at most 50',
    ],
    [
      'broken JSON',
      () => send(shapes, '{"rows":', { 'content-type': 'application/json' }),
      400,
      'MALFORMED_BODY',
      'JSON',
    ],
    [
      'an empty JSON body',
      () => send(shapes, '', { 'content-type': 'application/json' }),
      400,
      'MALFORMED_BODY',
      'empty',
    ],
    [
      'a poisoned prototype',
      () => send(shapes, '{"__proto__":{"row":[1,2]}}', { 'content-type': 'application/json' }),
      400,
      'MALFORMED_BODY',
      '',
    ],
    ['no body', () => send(shapes, new Uint8Array(0)), 400, 'VALIDATION_FAILED', ''],
    [
      'a CSV file',
      () => send(shapes, '1,2', { 'content-type': 'text/csv' }),
      415,
      'UNSUPPORTED_MEDIA_TYPE',
      '',
    ],
    [
      'a large body',
      () =>
        send(shapes, `{"rows":[${'[1,2],'.repeat(30_000)}[1,2]]}`, { 'content-type': 'application/json' }),
      413,
      'BODY_TOO_LARGE',
      '',
    ],
    [
      'large bytes',
      () => send(shapes, Buffer.alloc(200_000), { 'content-type': 'application/octet-stream' }),
      413,
      'BODY_TOO_LARGE',
      '',
    ],
    [
      'odd bytes',
      () => send(shapes, 'abc', { 'content-type': 'application/octet-stream' }),
      400,
      'VALIDATION_FAILED',
      'the body has 3 bytes',
    ],
    [
      'empty bytes',
      () => send(shapes, '', { 'content-type': 'application/octet-stream' }),
      400,
      'VALIDATION_FAILED',
      '',
    ],
    [
      'an image for a table',
      () => send(shapes, 'x', { 'content-type': 'image/png' }),
      400,
      'VALIDATION_FAILED',
      'this model takes no image files',
    ],
    [
      'an image that is none',
      () => send(pixels, 'x', { 'content-type': 'image/png' }),
      400,
      'VALIDATION_FAILED',
      'the image file cannot be read',
    ],
    [
      'a form that breaks off',
      () =>
        send(pixels, '--x\r\ncontent-disposition: form-data; name="image"; filename="a"\r\n\r\nabc', {
          'content-type': 'multipart/form-data; boundary=x',
        }),
      400,
      'MALFORMED_BODY',
      'The form is broken',
    ],
    [
      'a form without a boundary',
      () => send(pixels, 'abc', { 'content-type': 'multipart/form-data' }),
      400,
      'MALFORMED_BODY',
      '',
    ],
    ['no token', () => fetch(service.url + shapes, { method: 'POST' }), 401, 'UNAUTHENTICATED', ''],
  ])('answers %s as it should', async (_, act, status, code, detail) => {
    const response = await act();
    const body = (await response.json()) as Answer;
    expect([response.status, body.code ?? '']).toEqual([status, code]);
    expect(body.detail ?? '').toContain(detail);
  });

  it('refuses forms without the right file', async () => {
    const empty = new FormData();
    empty.set('image', 'text');
    expect((await send(pixels, empty)).status).toBe(400);
    const elsewhere = new FormData();
    elsewhere.set('photo', new Blob(['x']), 'x.png');
    const response = await send(pixels, elsewhere);
    expect(((await response.json()) as Answer).errors[0]?.path).toBe('photo');
    const large = new FormData();
    large.set('image', new Blob([Buffer.alloc(150_000)]), 'x.png');
    expect((await send(pixels, large)).status).toBe(413);
  });

  it('goes over to a new version without one request lost', async () => {
    let running = true;
    const statuses = new Set<number>();
    const versions = new Set<number>();
    const client = async (): Promise<void> => {
      while (running) {
        const [status, { modelVersion }] = await predict(shapes, { row: [1, 2] });
        statuses.add(status);
        versions.add(modelVersion.version);
      }
    };
    const clients = Promise.all([client(), client(), client(), client()]);
    registry.desired = [
      await deployment('shapes', 2, tableModel([0, 20, 0]), tableSignature, { isDefault: true }),
      ...registry.desired.slice(1),
    ];
    await eventually(() =>
      expect(registry.statuses.get('shapes')).toMatchObject({ state: 'ready', revision: 2 }),
    );
    await eventually(() => expect(versions).toContain(2));
    running = false;
    await clients;
    expect(statuses).toEqual(new Set([200]));
    expect((await predict(shapes, { row: [1, 2] }))[1]).toMatchObject({
      prediction: 'middle',
      modelVersion: { version: 2 },
    });
  });

  it('keeps the old version when the new one does not load, and tells the registry why', async () => {
    registry.desired = [
      await deployment('shapes', 3, Buffer.from('no model'), tableSignature, { isDefault: true }),
      ...registry.desired.slice(1),
    ];
    await eventually(() =>
      expect(registry.statuses.get('shapes')).toMatchObject({ state: 'failed', revision: 3 }),
    );
    expect(registry.statuses.get('shapes')).toMatchObject({
      serving: { model: 'shapes', version: 2 },
      replica: 'replica-1',
      message: expect.stringMatching(/./) as string,
    });
    expect((await predict(shapes, { row: [1, 2] }))[1].modelVersion.version).toBe(2);
  });

  it('serves from memory while the registry is away, and follows it when it is back', async () => {
    await registry.die();
    expect(
      (
        await predict(pixels, {
          image: [
            [0, 0],
            [0, 9],
          ],
        })
      )[1].prediction,
    ).toBe('3');
    await eventually(async () => {
      const report = (await (await fetch(`${service.url}/health`)).json()) as {
        ready: boolean;
        dependencies: unknown;
      };
      expect(report).toMatchObject({ ready: true, dependencies: { registry: { status: 'down' } } });
    });
    registry.desired = registry.desired.slice(1);
    await registry.start();
    await eventually(async () => expect((await predict(shapes, { row: [1, 2] }))[0]).toBe(404));
    const [status, { detail }] = await predict('/predict', { row: [1, 2] });
    expect([status, detail]).toEqual([404, expect.stringContaining('There is no default deployment.')]);
    const before = registry.notModified;
    await eventually(() => expect(registry.notModified).toBeGreaterThan(before + 1));
  });

  it('counts what it answers', async () => {
    await predict(pixels, {
      image: [
        [9, 0],
        [0, 0],
      ],
    });
    const text = await (await fetch(`${service.url}/metrics`)).text();
    expect(text).toMatch(
      /predictions_total\{model_version="pixels\/1",prediction_class="0",service="inference"\} \d/,
    );
    expect(text).toMatch(
      /prediction_latency_seconds_count\{service="inference",model_version="pixels\/1"\} \d/,
    );
    expect(text).toMatch(
      /prediction_confidence_bucket\{le="0.9",service="inference",model_version="pixels\/1"/,
    );
    expect(text).toMatch(/prediction_errors_total\{code="VALIDATION_FAILED",service="inference"\} \d/);
  });

  it('describes its routes for the public document', async () => {
    const document = (await (await fetch(`${service.url}/internal/openapi.json`)).json()) as {
      paths: Record<
        string,
        { post: { requestBody: { content: object }; responses: object; description: string } }
      >;
    };
    for (const path of ['/predict', '/api/v1/deployments/{name}/predict']) {
      const operation = document.paths[path]?.post;
      expect(Object.keys(operation?.requestBody.content ?? {})).toEqual(
        expect.arrayContaining([
          'application/json',
          'application/octet-stream',
          'multipart/form-data',
          'image/png',
        ]),
      );
      expect(Object.keys(operation?.responses ?? {})).toEqual(
        expect.arrayContaining(['200', '400', '401', '404', '503']),
      );
      expect(operation?.description).toContain('x-tensor-dtype');
    }
  });
});
