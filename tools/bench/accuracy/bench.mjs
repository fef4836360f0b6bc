// How good the committed recipes are on samples that they never saw: through the queue, like any user's job, with the
// committed seed and with others.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Api } from '../../demo/api.mjs';
import { ROOT } from '../../setup/paths.mjs';
import { startTemporaryStack } from '../temporary-stack.mjs';

const RECIPES = [
  { file: 'digits-cnn.yaml', dataset: 'digits', otherSeeds: [1, 2, 3] },
  { file: 'iris-mlp.yaml', dataset: 'iris', otherSeeds: [1, 2, 3] },
  { file: 'iris-logistic-regression.yaml', dataset: 'iris', otherSeeds: [1, 2, 3] },
];

const stack = await startTemporaryStack();
try {
  const api = new Api(stack.url, stack.describe().adminKey);
  for (const dataset of new Set(RECIPES.map((recipe) => recipe.dataset))) {
    await api.post('/api/v1/datasets', { name: dataset, builtIn: dataset });
  }
  process.stdout.write(
    'recipe                          seed        accuracy  macro F1  log loss  ECE     epochs  seconds  backend\n',
  );
  for (const { file, otherSeeds } of RECIPES) {
    const recipe = readFileSync(join(ROOT, 'examples/recipes', file), 'utf8');
    for (const seed of [undefined, ...otherSeeds]) {
      const text = seed === undefined ? recipe : recipe.replace(/^seed: .*$/m, `seed: ${seed}`);
      if (seed !== undefined && text === recipe) throw new Error(`${file} has no line with its seed`);
      report(file, seed, await train(api, text));
    }
  }
} finally {
  await stack.stop();
}

async function train(api, recipe) {
  const { id } = await api.post('/api/v1/training-jobs', recipe, {
    headers: { 'content-type': 'application/yaml' },
  });
  let epochs = 0;
  for await (const event of api.events(`/api/v1/training-jobs/${id}/events`)) {
    if (event.type === 'progress') epochs = event.data.data.epoch;
  }
  const job = await api.get(`/api/v1/training-jobs/${id}`);
  if (job.status !== 'succeeded') throw new Error(`The job ${id} ${job.status}: ${job.error}`);
  return { ...job, epochs };
}

function report(file, seed, { result, epochs, startedAt, endedAt }) {
  const figure = (name) => (result.metrics[name] ?? NaN).toFixed(4).padEnd(8);
  const seconds = ((Date.parse(endedAt) - Date.parse(startedAt)) / 1000).toFixed(1);
  process.stdout.write(
    `${file.padEnd(31)} ${(seed === undefined ? 'committed' : String(seed)).padEnd(11)} ${figure('test_accuracy')}  ${figure('test_f1_macro')}  ${figure('test_log_loss')}  ${figure('test_ece')}${String(epochs).padEnd(8)}${seconds.padEnd(9)}${result.backend}\n`,
  );
}
