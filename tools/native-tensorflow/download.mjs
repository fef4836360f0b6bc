import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { requireChecksum } from './checksum.mjs';
import { lastLine, runCommand } from './run-command.mjs';
import { fileName } from './wheels.mjs';

const FILE_HOST = 'https://files.pythonhosted.org/packages/';
const STALLED_AFTER_MS = 60_000;

/** pip first: it knows the machine's mirror, proxy and certificates. */
export const WAYS = [
  { name: 'python3 -m pip', fetch: (wheel, folder) => pip('python3', ['-m', 'pip'], wheel, folder) },
  { name: 'pip3', fetch: (wheel, folder) => pip('pip3', [], wheel, folder) },
  { name: 'pip', fetch: (wheel, folder) => pip('pip', [], wheel, folder) },
  { name: 'HTTPS', fetch: https },
];

/**
 * Downloads a wheel into `folder` and checks it against its pinned SHA-256.
 * @param {import('./wheels.mjs').Wheel} wheel @param {string} folder @param {typeof WAYS} [ways]
 * @returns {Promise<string>} its path
 * @throws Error that says why each way failed; nothing is left in `folder` then
 */
export async function downloadWheel(wheel, folder, ways = WAYS) {
  const path = join(folder, fileName(wheel));
  const failures = [];
  for (const way of ways) {
    try {
      await mkdir(folder, { recursive: true });
      await way.fetch(wheel, folder);
      await requireChecksum(path, wheel.sha256, fileName(wheel));
      return path;
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      failures.push(`${way.name}: ${error.message}`);
    }
  }
  throw new Error(`${wheel.name} ${wheel.version} could not be downloaded (${failures.join('; ')})`);
}

async function pip(command, prefix, wheel, folder) {
  const args = [
    ...[
      ...prefix,
      'download',
      '--no-deps',
      '--only-binary=:all:',
      '--disable-pip-version-check',
      '--no-cache-dir',
    ],
    ...['--quiet', '--dest', folder],
    ...wheel.platforms.flatMap((platform) => ['--platform', platform]),
    ...wheel.python,
    `${wheel.name}==${wheel.version}`,
  ];
  const { ok, output } = await runCommand(command, args);
  if (!ok) throw new Error(lastLine(output));
}

async function https(wheel, folder) {
  const stop = new AbortController();
  let timer;
  const alive = () => {
    clearTimeout(timer);
    timer = setTimeout(() => stop.abort(new Error('no data came for a minute')), STALLED_AFTER_MS);
  };
  alive();
  try {
    const response = await fetch(FILE_HOST + wheel.path, { signal: stop.signal });
    if (!response.ok || response.body === null) throw new Error(`status ${response.status}`);
    const watch = new Transform({
      transform(chunk, _encoding, done) {
        alive();
        done(null, chunk);
      },
    });
    await pipeline(Readable.fromWeb(response.body), watch, createWriteStream(join(folder, fileName(wheel))));
  } catch (error) {
    throw new Error(error.cause?.message ?? error.message, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}
