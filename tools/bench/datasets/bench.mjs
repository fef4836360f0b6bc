// How long imports take and what memory they need, through the running stack: upload, job, checked and stored version.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Api } from '../../demo/api.mjs';
import { startTemporaryStack } from '../temporary-stack.mjs';
import { duckdbAlone } from './duckdb-alone.mjs';
import { importFiles } from './import.mjs';
import { jpegZip, mnistFiles, wideCsv } from './inputs.mjs';
import { watchMemory } from './watch-memory.mjs';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const folder = mkdtempSync(join(tmpdir(), 'modelyard-bench-files-'));
const stack = await startTemporaryStack();
try {
  const api = new Api(stack.url, stack.describe().adminKey);
  const csv = await wideCsv(folder, 1_000_000);
  const cases = [
    { name: 'mnist', what: 'MNIST, IDX, 70,000', limit: 5, files: mnistFiles(folder) },
    { name: 'mnist-twice', what: 'twice as many', files: mnistFiles(folder, 2) },
    { name: 'pictures', what: 'zip of 60,000 JPEG', limit: 45, files: [{ path: await jpegZip(folder) }] },
    { name: 'pictures-twice', what: 'twice as many', files: [{ path: await jpegZip(folder, 2) }] },
    { name: 'rows', what: 'CSV of 1,000,000 × 20', limit: 15, files: [{ path: csv }], contract: true },
    {
      name: 'rows-twice',
      what: 'twice as many',
      files: [{ path: await wideCsv(folder, 2_000_000) }],
      contract: true,
    },
  ];
  process.stdout.write(
    'import                     MiB  upload s  import s (best–worst)  limit s  memory growth MiB (limit 700)\n',
  );
  for (const { name, what, limit, files, contract } of cases) {
    const seconds = [];
    const uploads = [];
    const growths = [];
    let mebibytes = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const dataset = `${name}-${round}`;
      if (contract) await withContract(api, dataset);
      const { processes } = stack.describe();
      const watch = watchMemory(['gateway', 'registry', 'training'].map((service) => processes[service].pid));
      const result = await importFiles(api, dataset, files);
      growths.push(watch.stop().growthMiB);
      seconds.push(result.importSeconds);
      uploads.push(result.uploadSeconds);
      mebibytes = result.bytes / 2 ** 20;
    }
    const range = `${middle(seconds).toFixed(1)} (${Math.min(...seconds).toFixed(1)}–${Math.max(...seconds).toFixed(1)})`;
    process.stdout.write(
      `${what.padEnd(23)} ${mebibytes.toFixed(0).padStart(6)}  ${middle(uploads).toFixed(1).padStart(8)}  ${range.padEnd(22)}  ${String(limit ?? '').padEnd(7)}  ${Math.max(...growths).toFixed(0)}\n`,
    );
  }
  const alone = await duckdbAlone(csv, ROUNDS);
  process.stdout.write(
    `\nDuckDB alone, the same CSV: read ${alone.read.toFixed(1)} s, SUMMARIZE ${alone.profile.toFixed(1)} s, to Parquet ${alone.write.toFixed(1)} s\n`,
  );
} finally {
  await stack.stop();
  rmSync(folder, { recursive: true, force: true });
}

const epochRead = join(import.meta.dirname, 'epoch-read.mjs');
if (existsSync(epochRead)) execFileSync(process.execPath, [epochRead], { stdio: 'inherit' });

/** A first, small version, and the contract that follows from it: every large import is checked against it. */
async function withContract(api, dataset) {
  const small = await wideCsv(folder, 10_000);
  await importFiles(api, dataset, [{ path: small }]);
  const { contract } = await api.post(`/api/v1/datasets/${dataset}/versions/1/contract`, {});
  await api.call('PUT', `/api/v1/datasets/${dataset}/contract`, { ...contract, policy: 'warn' });
}

function middle(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
