// node tools/native-tensorflow/setup.mjs [--gpu | --cpu] [--check] [--json]
// Sets up the native part of @tensorflow/tfjs-node-gpu, whose own install script never runs. Where that cannot work,
// training uses WebAssembly: the exit status is 0 then too, and the result says why.
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { addonPath, findPackage, linkedLibraries } from './addon.mjs';
import { readArguments, USAGE } from './arguments.mjs';
import { isWhole } from './cache.mjs';
import { setUpFromPackage } from './from-package.mjs';
import { entryFor, setUpFromPyPI } from './from-pypi.mjs';
import { withLock } from './lock.mjs';
import { probeAddon } from './probe.mjs';

const say = (line) => process.stderr.write(`native TensorFlow: ${line}\n`);

/** CUDA stays chosen once it was, until --cpu is asked for. */
async function wantsGpu(asked, packageDir) {
  return asked ?? (await linkedLibraries(packageDir))?.includes('-cuda-') ?? false;
}

async function setUp({ gpu, packageDir }) {
  const failures = [];
  const entry = entryFor(gpu);
  if (entry !== undefined) {
    try {
      const { changed, cached } = await setUpFromPyPI({ entry, packageDir, say });
      const probe = changed ? await probeAddon(packageDir) : { ok: true };
      if (probe.ok) return { backend: 'tensorflow', source: 'pypi', cached, changed };
      failures.push(`the addon does not load: ${probe.reason}`);
    } catch (error) {
      failures.push(error.message);
    }
    say(failures[0]);
  } else if (existsSync(addonPath(packageDir)) && (await probeAddon(packageDir)).ok) {
    return { backend: 'tensorflow', source: 'package', cached: true, changed: false };
  }
  try {
    await setUpFromPackage({ packageDir, gpu, say });
    const probe = await probeAddon(packageDir);
    if (probe.ok) return { backend: 'tensorflow', source: 'package', cached: false, changed: true };
    failures.push(`its addon does not load: ${probe.reason}`);
  } catch (error) {
    failures.push(error.message);
  }
  return { backend: 'wasm', reason: failures.join('; ') };
}

async function check({ gpu, packageDir }) {
  const entry = entryFor(gpu);
  const linked = await linkedLibraries(packageDir);
  if (
    entry !== undefined &&
    linked?.startsWith(entry.path) &&
    !(await isWhole(entry.path, { thorough: true }))
  ) {
    return {
      backend: 'wasm',
      reason: `the cached libraries in ${entry.path} are damaged: delete them and run the set-up again`,
    };
  }
  const probe = await probeAddon(packageDir);
  if (!probe.ok) return { backend: 'wasm', reason: probe.reason };
  return { backend: 'tensorflow', source: linked === undefined ? 'package' : 'pypi', gpuInUse: probe.gpu };
}

async function main(argv) {
  const options = readArguments(argv);
  if (options.error !== undefined || options.help) {
    process.stderr.write(options.help ? USAGE : `${options.error}\n${USAGE}`);
    return options.help ? 0 : 2;
  }
  const started = performance.now();
  let result;
  try {
    const packageDir = findPackage();
    const gpu = await wantsGpu(options.gpu, packageDir);
    const lock = dirname(entryFor(gpu)?.path ?? packageDir);
    const work = () => (options.check ? check({ gpu, packageDir }) : setUp({ gpu, packageDir }));
    result = await withLock(lock, work, () => say('waiting for another set-up to end'));
    result = { ...result, gpu, addon: addonPath(packageDir) };
  } catch (error) {
    result = { backend: 'wasm', reason: error.message };
  }
  result.seconds = Math.round((performance.now() - started) / 100) / 10;
  if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else if (result.backend === 'tensorflow')
    say(`ready (${result.source}${result.gpu ? ', CUDA' : ''}, ${result.seconds} s)`);
  else say(`training will use WebAssembly, several times slower: ${result.reason}`);
  return options.check && result.backend !== 'tensorflow' ? 1 : 0;
}

process.exitCode = await main(process.argv.slice(2));
