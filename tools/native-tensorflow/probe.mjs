import { lastLine, runCommand } from './run-command.mjs';

// Runs in a process of its own: a broken library may kill whoever loads it.
const SCRIPT = `
const util = require('node:util');
util.isNullOrUndefined ??= (value) => value === null || value === undefined;
util.isArray ??= Array.isArray;
const tf = require(process.argv[1]);
const product = tf.matMul([[1, 2]], [[3], [4]]).dataSync()[0];
if (product !== 11) throw new Error('1·3 + 2·4 came out as ' + product);
const native = tf.backend();
console.log('PROBE ' + JSON.stringify({ version: native.binding.TF_Version, gpu: native.isUsingGpuDevice }));
`;

/**
 * Loads the addon in another process and multiplies two matrices with it.
 * @param {string} packageDir
 * @returns {Promise<{ ok: true, version: string, gpu: boolean } | { ok: false, reason: string }>}
 */
export async function probeAddon(packageDir) {
  const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2' };
  const { ok, output } = await runCommand(process.execPath, ['-e', SCRIPT, packageDir], {
    env,
    timeoutMs: 120_000,
  });
  const answer = output.split('\n').find((line) => line.startsWith('PROBE '));
  if (ok && answer !== undefined) return { ok: true, ...JSON.parse(answer.slice(6)) };
  const error = output.split('\n').find((line) => line.includes('Error:'));
  return { ok: false, reason: (error ?? lastLine(output)).trim() };
}
