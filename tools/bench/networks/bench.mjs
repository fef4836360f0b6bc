// node tools/bench/networks/bench.mjs [--rounds 5] [--threads <cores>] [--models mnist,cifar] [--json]
// Training speed in images per second: TensorFlow with and without its fused operations, and WebAssembly. Each way has
// a process of its own; they take turns, one computing at a time, so that a busy machine is busy for all of them.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { MODELS } from './models.mjs';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    threads: { type: 'string', default: String(availableParallelism()) },
    models: { type: 'string', default: Object.keys(MODELS).join() },
    json: { type: 'boolean', default: false },
  },
});

const WAYS = ['unfused', 'fused', 'wasm'];
/** Steps of one round: a second or two for TensorFlow, fewer where a step takes longer. */
const STEPS = { unfused: 8, fused: 8, wasm: 2 };

async function ask(trainer, message) {
  trainer.send(message);
  const [answer] = await once(trainer, 'message');
  return answer;
}

async function startTrainer(model, way) {
  const script = fileURLToPath(new URL('trainer.mjs', import.meta.url));
  const trainer = fork(script, [model, way, options.threads], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [{ info }] = await once(trainer, 'message');
  await ask(trainer, { steps: 2 }); // the first steps load kernels
  return { way, trainer, info, rounds: [] };
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

async function measure(model) {
  const trainers = [];
  try {
    for (const way of WAYS) trainers.push(await startTrainer(model, way));
    for (let round = 0; round < Number(options.rounds); round++) {
      for (const { way, trainer, rounds } of trainers) rounds.push(await ask(trainer, { steps: STEPS[way] }));
    }
    return trainers.map(({ way, info, rounds }) => ({
      way,
      version: info.version,
      threads: info.threads,
      median: Math.round(median(rounds.map((round) => round.imagesPerSecond))),
      best: Math.round(Math.max(...rounds.map((round) => round.imagesPerSecond))),
      perProcessorSecond: Math.round(median(rounds.map((round) => round.imagesPerProcessorSecond))),
      callsPerStep: rounds.at(-1).callsPerStep,
      residentMegabytes: rounds.at(-1).residentMegabytes,
    }));
  } finally {
    for (const { trainer } of trainers) trainer.kill();
  }
}

const results = {};
for (const model of options.models.split(',')) {
  if (!(model in MODELS))
    throw new Error(`There is no model ${model}: take ${Object.keys(MODELS).join(' or ')}`);
  results[model] = await measure(model);
}
if (options.json) {
  process.stdout.write(`${JSON.stringify({ processor: cpus()[0]?.model, results }, null, 2)}\n`);
} else {
  process.stdout.write(`${cpus()[0]?.model}, ${options.rounds} rounds in turn\n`);
  for (const [model, ways] of Object.entries(results)) {
    process.stdout.write(`\n${MODELS[model].title}, batch ${MODELS[model].batchSize}\n`);
    for (const { way, threads, median, best, perProcessorSecond, callsPerStep, residentMegabytes } of ways) {
      const calls = callsPerStep === 0 ? '' : `, ${callsPerStep} native calls a step`;
      process.stdout.write(
        `  ${way.padEnd(8)} ${median} images/s (best ${best}), ${perProcessorSecond} per processor second, ${threads} threads${calls}, ${residentMegabytes} MB\n`,
      );
    }
  }
}
