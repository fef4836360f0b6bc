// Jest's globalTeardown: the counterpart of start-services.cjs.
const { once } = require('node:events');

module.exports = async function stopServices() {
  const child = globalThis.modelyardTestServices;
  if (child === undefined || child.exitCode !== null) return;
  const exited = once(child, 'exit');
  child.stdin.end();
  await exited;
};
