// node tools/bench/datasets/epoch-read.mjs
// How fast a training gets its samples: the parts of a version read from their beginning to their end, out of the page
// cache into memory that is used again, beside a plain read of the same files; and which share of a training step waits
// for its batch of shuffled images.
import { closeSync, fstatSync, mkdtempSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { ADAM, CLASSES, MODELS } from '../networks/models.mjs';
import { generator } from './inputs.mjs';

const require = createRequire(import.meta.url);
const network = (file) => require(`../../../libs/ml/networks/dist/${file}`);
const {
  buildVersion,
  FolderContentStore,
  loadSamples,
  openVersion,
  readPart,
} = require('@modelyard/ml-datasets');
const { stageImages } = require('@modelyard/ml-images');
const { SeededGenerator } = require('@modelyard/ml-statistics');
const { TableEngine } = require('@modelyard/ml-tables');

const IMAGES = 60_000;
const SHAPE = [32, 32, 3];
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3) * 3;
const STEPS = 4;
const READ_BYTES = 4 * 2 ** 20;

const folder = mkdtempSync(join(tmpdir(), 'modelyard-bench-epoch-'));
const store = new FolderContentStore(join(folder, 'store'));
try {
  const version = await builtVersion();
  await readEpochs(version);
  await trainSteps(version);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function builtVersion() {
  const engine = await TableEngine.open({ folder });
  try {
    const hooks = { storePart: (bytes) => store.put(bytes) };
    const staged = await stageImages(engine, idxFiles(), { format: 'idx', scratch: folder }, hooks);
    const { version } = await buildVersion({ engine, folder, store, kind: 'image', staged });
    return await openVersion(store, version.blob);
  } finally {
    engine.close();
  }
}

/** Noise in colours, as files. */
function idxFiles() {
  const random = generator(60);
  const pixels = Buffer.alloc(IMAGES * 32 * 32 * 3);
  new Uint32Array(pixels.buffer, pixels.byteOffset, pixels.length / 4).forEach((_, at, words) => {
    words[at] = random() * 2 ** 32;
  });
  return [
    ['images-idx4-ubyte', [IMAGES, ...SHAPE], pixels],
    ['labels-idx1-ubyte', [IMAGES], Buffer.from({ length: IMAGES }).map((_, i) => i % CLASSES)],
  ].map(([name, dimensions, content]) => {
    const header = Buffer.alloc(4 + 4 * dimensions.length);
    header.writeUInt16BE(0x0800 | dimensions.length, 2);
    dimensions.forEach((size, index) => header.writeUInt32BE(size, 4 + 4 * index));
    const path = join(folder, name);
    writeFileSync(path, Buffer.concat([header, content]));
    return { path, name };
  });
}

/** The two take turns, so that a busy machine is busy for both. */
async function readEpochs({ manifest: { parts } }) {
  const paths = await Promise.all(parts.map((part) => store.file(part)));
  const bytes = parts.reduce((sum, { size }) => sum + size, 0);
  let buffer = Buffer.alloc(0);
  const ways = {
    'readPart, verified size': async () => {
      for (const part of parts) buffer = await readPart(store, part, part.size, buffer);
    },
    'fs.readSync of the files': () => {
      for (const path of paths) readWhole(path, buffer);
    },
  };
  const rates = new Map(Object.keys(ways).map((way) => [way, []]));
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [way, read] of Object.entries(ways)) {
      const started = performance.now();
      await read();
      // The first round fills the page cache.
      if (round > 0) rates.get(way).push(bytes / 1e6 / (performance.now() - started));
    }
  }
  process.stdout.write(
    `\none epoch of ${IMAGES.toLocaleString('en')} images, ${parts.length} parts, ${(bytes / 2 ** 20).toFixed(0)} MiB   GB/s (worst–best; limit 1)\n`,
  );
  for (const [way, list] of rates) {
    process.stdout.write(
      `${way.padEnd(54)} ${middle(list).toFixed(2)} (${Math.min(...list).toFixed(2)}–${Math.max(...list).toFixed(2)})\n`,
    );
  }
}

function readWhole(path, buffer) {
  const file = openSync(path);
  try {
    const { size } = fstatSync(file);
    for (let at = 0; at < size;) at += readSync(file, buffer, at, Math.min(READ_BYTES, size - at), at);
  } finally {
    closeSync(file);
  }
}

async function trainSteps(version) {
  const { train } = await loadSamples(version);
  const model = MODELS.cifar;
  const { backendFor } = network('backend/open-backend.js');
  const { initializeWeights } = network('network/initialize-weights.js');
  const { NetworkInTraining } = network('training/network-in-training.js');
  const { gatherBatch } = network('training/samples.js');
  const { resolveNetwork } = require('@modelyard/ml-recipes');
  const backend = await backendFor({ backend: 'tensorflow', threads: availableParallelism() });
  const topology = resolveNetwork({ type: 'network', layers: model.layers }, SHAPE, CLASSES);
  const trained = new NetworkInTraining(backend, topology, initializeWeights(topology, 1), { spec: ADAM });
  const lookup = Float32Array.from({ length: 256 * SHAPE[2] }, (_, i) => (i % 256) / 255);
  const samples = { ...train, lookup };
  const order = new SeededGenerator('bench').permutation(train.labels.length);
  const shares = [];
  const waits = [];
  const steps = [];
  for (let round = 0; round <= ROUNDS; round++) {
    let waited = 0;
    const started = performance.now();
    for (let step = 0; step < STEPS; step++) {
      const start = ((round * STEPS + step) * model.batchSize) % (order.length - model.batchSize);
      const asked = performance.now();
      const batch = gatherBatch(samples, SHAPE, { start, end: start + model.batchSize, order });
      waited += performance.now() - asked;
      trained.step(batch, () => [step, step]);
      batch.input.dispose();
      batch.labels.dispose();
    }
    const all = performance.now() - started;
    // The first round loads kernels.
    if (round === 0) continue;
    shares.push((100 * waited) / all);
    waits.push(waited / STEPS);
    steps.push(all / STEPS);
  }
  trained.dispose();
  process.stdout.write(
    `\ntraining step of ${model.title}, batch ${model.batchSize}\n` +
      `step ${middle(steps).toFixed(1)} ms, of which it waits for its batch ${middle(waits).toFixed(2)} ms: ` +
      `${middle(shares).toFixed(2)} % (${Math.min(...shares).toFixed(2)}–${Math.max(...shares).toFixed(2)}; limit 2)\n`,
  );
}

function middle(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
