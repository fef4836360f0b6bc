import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
  ContractReport,
  DataContract,
  DatasetComparison,
  DatasetContract,
  DatasetImport,
  DatasetLineage,
  DatasetStatistics,
  DatasetVersion,
  Problem,
  TrainingJob,
} from '@modelyard/contracts';
import type { Client } from './support/client';
import { ROOT, RunningStack } from './support/running-stack';

const CSV = readFileSync(join(ROOT, 'examples/data/penguins.csv'), 'utf8');
const VERSIONS = '/api/v1/datasets/penguins/versions';

interface Rows {
  items: Record<string, unknown>[];
  total: number;
  nextPageToken?: string;
}

/** What docs/DATASETS.md tells people to do with a table of their own, one step after the other. */
describe('a table of penguins, from a file to a model', () => {
  let stack: RunningStack;
  let client: Client;

  beforeAll(async () => {
    stack = await RunningStack.start();
    client = stack.client();
  });
  afterAll(() => stack.stop());

  async function send<T>(path: string, fields: Record<string, string>, csv: string): Promise<T> {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    form.set('file', new Blob([csv], { type: 'text/csv' }), 'penguins.csv');
    const response = await fetch(stack.url + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${stack.describe().adminKey}`, prefer: 'wait=60' },
      body: form,
    });
    return { status: response.status, ...((await response.json()) as object) } as T;
  }

  it('comes in with one call, and is a version when the call returns', async () => {
    const version = await send<DatasetVersion & { status: number }>(
      '/api/v1/datasets',
      { name: 'penguins', target: 'species' },
      CSV,
    );
    expect(version).toMatchObject({
      status: 201,
      version: 1,
      rows: 344,
      classCounts: { Adelie: 152, Chinstrap: 68, Gentoo: 124 },
      split: { method: 'stratified' },
    });
    const types = Object.fromEntries(version.schema.fields?.map(({ name, type }) => [name, type]) ?? []);
    expect(types).toMatchObject({
      island: 'categorical',
      bill_length_mm: 'numeric',
      flipper_length_mm: 'integer',
      sex: 'categorical',
    });
    expect(version.warnings.map(({ code }) => code)).toContain('missing-values');
  });

  it('is the same version when its lines come in another order', async () => {
    const [header = '', ...lines] = CSV.trimEnd().split('\n');
    const again = await send<DatasetVersion & { status: number }>(
      '/api/v1/datasets',
      { name: 'penguins', target: 'species' },
      [header, ...lines.reverse()].join('\n'),
    );
    expect(again).toMatchObject({ status: 200, version: 1 });
  });

  it('knows its columns', async () => {
    const { columns = [] } = await client.must<DatasetStatistics>('GET', `${VERSIONS}/1/statistics`);
    const mass = columns.find(({ name }) => name === 'body_mass_g');
    // pandas 2.3: read_csv(…).body_mass_g.describe()
    expect(mass).toMatchObject({ missing: 2, numeric: { minimum: 2700, maximum: 6300 } });
    expect(mass?.numeric?.mean).toBeCloseTo(4201.754386, 5);
    expect(mass?.numeric?.standardDeviation).toBeCloseTo(801.954536, 5);
  });

  it('shows rows by filter and sort', async () => {
    const query = new URLSearchParams({
      filter: "body_mass_g > 5900 AND island IN ('Biscoe', 'Dream')",
      sort: '-body_mass_g',
      pageSize: '2',
    });
    const rows = await client.must<Rows>('GET', `${VERSIONS}/1/rows?${query.toString()}`);
    expect(rows.items).toHaveLength(2);
    expect(JSON.stringify(rows.items[0])).toContain('6300');
    expect(rows.nextPageToken).toBeDefined();
    const wrong = await client.send<Problem>('GET', `${VERSIONS}/1/rows?filter=body_mass_g%20%3E`);
    expect(wrong).toMatchObject({ status: 400, body: { errors: [{ path: 'filter' }] } });
  });

  it('is held to a contract that was derived from it', async () => {
    const derived = await client.must<DataContract>('POST', `${VERSIONS}/1/contract`);
    const kept = await client.must<DatasetContract>('PUT', '/api/v1/datasets/penguins/contract', {
      ...derived,
      policy: 'quarantine',
      columns: {
        bill_length_mm: { minimum: 20, maximum: 80 },
        island: { allowed: ['Biscoe', 'Dream', 'Torgersen'] },
      },
    });
    expect(kept.revision).toBe(1);
    const header = CSV.split('\n')[0] ?? '';
    const more = await send<DatasetVersion & { status: number }>(
      `${VERSIONS}/1/append`,
      {},
      [
        header,
        'Gentoo,Biscoe,47.9,15.1,221,5200,male,2010',
        'Gentoo,Atlantis,48.1,15.3,219,5100,male,2010',
        'Adelie,Dream,390,18.1,190,3700,female,2010',
      ].join('\n'),
    );
    expect(more).toMatchObject({
      status: 201,
      version: 2,
      rows: 345,
      quarantinedRows: 2,
      parent: { version: 1, operation: 'append' },
      contract: { outcome: 'quarantined' },
    });
    const report = await client.must<ContractReport>('GET', `${VERSIONS}/2/contract-report`);
    expect(report.violations.map(({ rule, count }) => [rule, count])).toEqual(
      expect.arrayContaining([
        ['columns.bill_length_mm.maximum', 1],
        ['columns.island.allowed', 1],
      ]),
    );
    const aside = await client.must<string>('GET', `${VERSIONS}/2/quarantine?format=csv`);
    expect(aside).toContain('Atlantis');
  });

  it('makes a version without the rows that lack a measurement, and says what the difference is', async () => {
    const answer = await client.send<DatasetVersion>(
      'POST',
      `${VERSIONS}/2/derive`,
      { filter: 'bill_length_mm IS NOT NULL AND body_mass_g IS NOT NULL' },
      { prefer: 'wait=60' },
    );
    expect(answer).toMatchObject({
      status: 201,
      body: { version: 3, rows: 343, parent: { version: 2, operation: 'filter' } },
    });
    const { rows } = await client.must<DatasetComparison>('GET', `${VERSIONS}/1/compare/3`);
    expect(rows).toEqual({ from: 344, to: 343, unchanged: 342, added: 1, removed: 2, relabelled: 0 });
  });

  it('trains on it, and lineage leads from the data to the model and back', async () => {
    const early = await client.send<Problem>(
      'POST',
      '/api/v1/training-jobs',
      client.recipe('penguins-mlp.yaml').replace('{ name: penguins }', '{ name: penguins, version: 1 }'),
      { 'content-type': 'application/yaml' },
    );
    expect(early).toMatchObject({ status: 400 });
    expect(early.body.detail).toMatch(/without a value in bill_length_mm/);

    const job: TrainingJob = await client.ended((await client.train(client.recipe('penguins-mlp.yaml'))).id);
    expect(job).toMatchObject({ status: 'succeeded' });
    expect(job.result?.metrics['test_accuracy']).toBeGreaterThanOrEqual(0.9);
    await client.must('POST', '/api/v1/models/penguins/versions/1/stage', { stage: 'Production' });
    const lineage = await client.must<DatasetLineage>('GET', `${VERSIONS}/3/lineage`);
    expect(lineage).toMatchObject({
      parent: { version: 2, operation: 'filter' },
      runs: [{ id: job.id }],
      modelVersions: [{ model: 'penguins', version: 1, stage: 'Production', runId: job.id }],
    });
  });

  it('goes out as CSV and Parquet, and as it came in', async () => {
    const csv = await client.must<string>('GET', `${VERSIONS}/3/download?format=csv`);
    expect(csv.trimEnd().split('\n')).toHaveLength(344);
    expect(await client.must<string>('GET', `${VERSIONS}/1/download?format=original`)).toBe(CSV);
    const parquet = await client.send<string>('GET', `${VERSIONS}/3/download?format=parquet`);
    expect(parquet.body.slice(0, 4)).toBe('PAR1');
  });

  it('keeps what a production model was trained on, unless it is told to, and then remembers', async () => {
    const refused = await client.send<Problem>('DELETE', `${VERSIONS}/3?reason=space`);
    expect(refused.status).toBe(409);
    expect(refused.body.detail).toContain('penguins');
    const gone = await client.send(
      'DELETE',
      `${VERSIONS}/3?reason=a%20request%20to%20be%20forgotten&force=true`,
    );
    expect(gone.status).toBeLessThan(300);
    const record = await client.must<DatasetVersion>('GET', `${VERSIONS}/3`);
    expect(record.deleted).toMatchObject({ reason: 'a request to be forgotten' });
    // Versions that share its parts are whole.
    await expect(client.must<Rows>('GET', `${VERSIONS}/2/rows?pageSize=1&total=true`)).resolves.toMatchObject(
      {
        total: 345,
      },
    );
  });

  it('says of a broken file what is wrong, where', async () => {
    const broken = `${CSV.split('\n').slice(0, 20).join('\n')}\nGentoo,Biscoe,47,15\n`;
    const answer = await send<Problem & { status: number }>(
      '/api/v1/datasets',
      { name: 'broken', target: 'species' },
      broken,
    );
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer)).toMatch(/21/);
    const imports = await client.must<{ items: DatasetImport[] }>(
      'GET',
      '/api/v1/dataset-imports?dataset=broken',
    );
    expect(imports.items[0]).toMatchObject({ status: 'failed', error: { problems: [{ line: 21 }] } });
    expect((await client.send('GET', '/api/v1/datasets/broken')).status).toBe(404);
  });
});
