import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../setup/paths.mjs';
import { ApiError } from './api.mjs';
import { picture } from './picture.mjs';
import { bar, clearLine, dim, isTerminal, say, sayOver } from './terminal.mjs';

const MODEL = 'digits';
const DEPLOYMENT = 'digits';
const SHOWN = 5;

/** Makes `digits` a dataset; again, it is the version that is already there. */
export async function importDigits(api) {
  try {
    await api.post('/api/v1/datasets', { name: 'digits', builtIn: 'digits' });
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'ALREADY_EXISTS') throw error;
  }
  const dataset = await api.get('/api/v1/datasets/digits');
  const version = await api.get(`/api/v1/datasets/digits/versions/${dataset.latestVersion}`);
  return {
    version,
    summary: `${version.rows} images in ${version.schema.classes.length} classes, version ${version.version}`,
  };
}

/** Queues the committed recipe and follows it by its events. */
export async function train(api) {
  const recipe = readFileSync(join(ROOT, 'examples/recipes/digits-cnn.yaml'), 'utf8');
  const job = await api.post('/api/v1/training-jobs', recipe, {
    headers: { 'content-type': 'application/yaml' },
  });
  for await (const event of api.events(`/api/v1/training-jobs/${job.id}/events`)) {
    if (event.type === 'progress') showProgress(event.data.data);
  }
  clearLine();
  const done = await api.get(`/api/v1/training-jobs/${job.id}`);
  if (done.status !== 'succeeded')
    throw new Error(`The training ${done.status}: ${done.error ?? 'no reason given'}`);
  if (done.result.model === undefined)
    throw new Error('The training succeeded, but registered no version: a minimum of its recipe was missed.');
  const accuracy = done.result.metrics.test_accuracy;
  return {
    job: done,
    version: done.result.model.version,
    accuracy,
    summary: `held-out accuracy ${accuracy.toFixed(4)} on ${done.result.backend}`,
  };
}

function showProgress(data) {
  const { epoch, epochs, metrics = {}, secondsLeft } = data;
  if (epoch === undefined) return;
  const figures = `epoch ${epoch}/${epochs}  loss ${metrics.loss?.toFixed(4)}  validation accuracy ${metrics.val_accuracy?.toFixed(4)}`;
  sayOver(
    `    ${bar(epoch / epochs, 30)} ${figures}${secondsLeft === undefined ? '' : dim(`  ${Math.ceil(secondsLeft)} s left`)}`,
  );
  if (!isTerminal && (epoch === 1 || epoch % 10 === 0 || epoch === epochs)) say(`    ${figures}`);
}

export async function promote(api, version) {
  await api.post(`/api/v1/models/${MODEL}/versions/${version}/stage`, {
    stage: 'Production',
    reason: 'demo',
  });
  return { summary: `models:/${MODEL}/Production is version ${version}` };
}

/** A deployment that follows the stage: the next promotion moves it by itself. */
export async function deploy(api, version) {
  try {
    await api.post('/api/v1/deployments', {
      name: DEPLOYMENT,
      target: { model: MODEL, stage: 'Production' },
      reason: 'demo',
    });
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'ALREADY_EXISTS') throw error;
  }
  const end = Date.now() + 30_000;
  for (;;) {
    const { status } = await api.get(`/api/v1/deployments/${DEPLOYMENT}`);
    if (status.serving?.version === version) return { summary: `${DEPLOYMENT} serves version ${version}` };
    if (status.state === 'failed') throw new Error(`The deployment failed: ${status.message}`);
    if (Date.now() > end)
      throw new Error(
        `The deployment is still ${status.state} after 30 s: ${status.message ?? 'no message'}`,
      );
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Sends real held-out digits through the gateway. */
export async function predict(api, dataset) {
  const { items } = await api.get(
    `/api/v1/datasets/digits/versions/${dataset.version}/samples?split=test&offset=0&limit=${SHOWN}`,
  );
  let right = 0;
  const lines = [];
  let first;
  for (const { value, label } of items) {
    const started = performance.now();
    const answer = await api.post(`/api/v1/deployments/${DEPLOYMENT}/predict`, { image: value });
    first ??= performance.now() - started;
    const grey = value.map((row) => row.map((pixel) => (Array.isArray(pixel) ? pixel[0] : pixel)));
    right += answer.prediction === String(label) ? 1 : 0;
    lines.push(...picture(grey, dataset.schema.maximum, String(label), answer), '');
  }
  // The default deployment answers the short route too.
  await api.post('/predict', { image: items[0].value });
  return { lines, summary: `${right} of ${items.length} right, the first in ${first.toFixed(0)} ms` };
}
