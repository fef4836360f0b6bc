// npm run demo [-- --once] [-- --port <number>] [-- --data <folder>]
// From a fresh clone to a trained, registered and serving model. Uses nothing but Node until the dependencies are in.
import { join, resolve } from 'node:path';
import { startStack } from '../dev-stack/stack.mjs';
import { stopOnSignals } from '../dev-stack/signals.mjs';
import {
  build,
  ensureCommitHooks,
  ensureDependencies,
  ensureNativeTensorflow,
} from '../setup/dependencies.mjs';
import { ROOT } from '../setup/paths.mjs';
import { Api } from './api.mjs';
import { deploy, importDigits, predict, promote, train } from './journey.mjs';
import { bold, cyan, dim, green, red, say } from './terminal.mjs';
import { readOptions } from '../setup/options.mjs';

const options = readOptions({
  once: { type: 'boolean' },
  port: { type: 'string' },
  data: { type: 'string' },
});
const dataFolder = resolve(options.data ?? join(ROOT, '.modelyard'));
const log = join(dataFolder, 'logs/setup.log');
const began = Date.now();
let stack;
let exitCode = 0;

const since = (start) => `${((Date.now() - start) / 1000).toFixed(1)} s`;

/** Runs one step and says how long it took. */
async function step(title, work) {
  const start = Date.now();
  say(`${cyan('•')} ${title} …`);
  const result = await work();
  const summary = typeof result === 'string' ? result : result?.summary;
  say(`  ${green('✓')} ${summary ?? title} ${dim(`(${since(start)})`)}`);
  return result;
}

if (!supported(process.versions.node)) {
  say(red(`Node ${process.versions.node} is too old: Modelyard needs 20.19 or later.`));
  process.exit(1);
}
stopOnSignals(
  async () => {
    say(`\n${dim('Stopping …')}`);
    await stack?.stop();
    say(dim('Everything is stopped. Your data is kept in .modelyard; start again with npm run demo.'));
  },
  { exitCode: () => exitCode },
);

try {
  say(bold('Modelyard: from data to a served model\n'));
  await step('Installing the locked dependencies', async () =>
    (await ensureDependencies({ log })) === 'present' ? 'Dependencies are there' : undefined,
  );
  await ensureCommitHooks();
  await step('Setting up native TensorFlow', () => ensureNativeTensorflow({ log }));
  await step('Building', () => build({ log }));

  const servicesBegan = Date.now();
  stack = await step('Starting PostgreSQL, Redis and the services', async () => {
    const started = await startStack({
      dataFolder,
      port: Number(options.port ?? 8080),
      onEvent: (line) => say(`  ${red('!')} ${line}`),
    });
    return Object.assign(started, { summary: `The gateway answers at ${started.url}` });
  });
  const api = new Api(stack.url, stack.adminKey);
  const { version: dataset } = await step('Importing the dataset digits', () => importDigits(api));
  const { job, version } = await step('Training a convolutional network through the queue', () => train(api));
  await step('Promoting the version to Production', () => promote(api, version));
  await step('Deploying', () => deploy(api, version));
  const { lines } = await step('Predicting held-out digits through the gateway', () => predict(api, dataset));
  say();
  for (const line of lines) say(line);
  summary(job.id, servicesBegan);
  if (options.once) {
    await stack.stop();
    process.exit(0);
  }
  say(`\n${dim('Ctrl-C stops everything.')}`);
} catch (error) {
  exitCode = 1;
  say(`\n${red('✗')} ${error.message}`);
  await stack?.stop();
  process.exit(1);
}

function summary(jobId, servicesBegan) {
  const { adminKey, state } = stack;
  say(
    `${green('✓')} ${bold(`Done in ${since(began)}`)}, of which ${since(servicesBegan)} from the start of the services to the last prediction.\n`,
  );
  say(`  API          ${stack.url}/api/v1`);
  say(`  Swagger UI   ${stack.url}/api/docs`);
  say(`  ReDoc        ${stack.url}/api/redoc`);
  say(`  Metrics      ${stack.url}/metrics`);
  say(`  Admin key    ${options.once ? `in ${state.adminKeyFile}` : adminKey}`);
  say(`  This run     ${stack.url}/api/v1/training-jobs/${jobId}`);
  say(`  Logs         ${state.logs}`);
  say(`  For scripts  ${state.stackFile}`);
  say(`\n  Try it:`);
  say(dim(`  curl -s ${stack.url}/api/v1/models -H "Authorization: Bearer $(cat ${state.adminKeyFile})"`));
}

function supported(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > 20 || (major === 20 && minor >= 19);
}
