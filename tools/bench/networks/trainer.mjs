// A process that trains one model one way, a round at a time, whenever its parent asks for one.
import { createRequire } from 'node:module';
import { performance } from 'node:perf_hooks';
import { ADAM, CLASSES, MODELS } from './models.mjs';

const require = createRequire(import.meta.url);
const dist = (file) => require(`../../../libs/ml/networks/dist/${file}`);
const { resolveNetwork } = require('@modelyard/ml-recipes');

const [modelName, way, threads] = process.argv.slice(2);
const model = MODELS[modelName];

const { backendFor } = dist('backend/open-backend.js');
const opened = await backendFor({
  backend: way === 'wasm' ? 'wasm' : 'tensorflow',
  threads: Number(threads),
});
const backend = way === 'unfused' ? unfused(opened) : opened;
const { initializeWeights } = dist('network/initialize-weights.js');
const { NetworkInTraining } = dist('training/network-in-training.js');
const { gatherBatch } = dist('training/samples.js');
const topology = resolveNetwork({ type: 'network', layers: model.layers }, model.inputShape, CLASSES);
const network = new NetworkInTraining(backend, topology, initializeWeights(topology, 1), { spec: ADAM });
const samples = randomSamples(model.batchSize);
const calls = countCalls();

process.on('message', ({ steps }) => {
  calls.count = 0;
  const used = process.cpuUsage();
  const started = performance.now();
  for (let step = 0; step < steps; step++) {
    const batch = gatherBatch(samples, model.inputShape, { start: 0, end: model.batchSize });
    network.step(batch, () => [step, step]);
    batch.input.dispose();
    batch.labels.dispose();
  }
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(used);
  process.send({
    imagesPerProcessorSecond: (steps * model.batchSize * 1e6) / (user + system),
    imagesPerSecond: (steps * model.batchSize) / seconds,
    callsPerStep: Math.round(calls.count / steps),
    residentMegabytes: Math.round(process.memoryUsage.rss() / 1e6),
  });
});
process.send({ ready: true, info: backend.info });

/** What TensorFlow.js does by itself: its own gradients, and an optimizer of its operations. */
function unfused(backend) {
  const { plainOperations } = dist('operations/plain-operations.js');
  const { PlainOptimizer } = dist('training/plain-optimizer.js');
  return { ...backend, operations: plainOperations, createOptimizer: (start) => new PlainOptimizer(start) };
}

function randomSamples(rows) {
  const { SeededGenerator } = require('@modelyard/ml-statistics');
  const generator = new SeededGenerator('bench');
  const size = model.inputShape.reduce((product, length) => product * length, 1);
  return {
    values: Float32Array.from({ length: rows * size }, () => generator.next()),
    labels: Int32Array.from({ length: rows }, () => generator.integer(CLASSES)),
  };
}

/** Counts calls into the native library; WebAssembly's kernels are not counted. */
function countCalls() {
  const counter = { count: 0 };
  const native = require('@tensorflow/tfjs').backend();
  const { binding } = native;
  if (binding === undefined) return counter;
  const executeOp = (...args) => {
    counter.count++;
    return binding.executeOp(...args);
  };
  native.binding = Object.create(binding, { executeOp: { value: executeOp } }); // its own properties are read-only
  return counter;
}
