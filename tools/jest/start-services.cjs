// Jest's globalSetup for tests on real services: one PostgreSQL and one Redis for the whole run.
const { spawn } = require('node:child_process');
const { resolve } = require('node:path');
const { createInterface } = require('node:readline');

const START = resolve(__dirname, '../local-services/start.mjs');
const VARIABLES = { postgres: 'MODELYARD_TEST_DATABASE_URL', redis: 'MODELYARD_TEST_REDIS_URL' };

module.exports = async function startServices() {
  const missing = Object.keys(VARIABLES).filter((name) => !process.env[VARIABLES[name]]);
  if (missing.length === 0) return;
  const child = spawn(process.execPath, [START, ...missing.map((name) => `--${name}`)], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true, // Ctrl-C ends Jest, the end of Jest ends the pipe, and that stops the services
  });
  const services = await new Promise((said, failed) => {
    createInterface(child.stdout).once('line', (line) => said(JSON.parse(line)));
    child.once('error', failed);
    child.once('exit', (code) =>
      failed(new Error(`The services for the tests did not start (exit code ${code}).`)),
    );
  });
  for (const name of missing) process.env[VARIABLES[name]] = services[name].url;
  globalThis.modelyardTestServices = child;
};
