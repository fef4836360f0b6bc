import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { withLock } from '../native-tensorflow/lock.mjs';

const VERSION = 'v4.3.1';
const PACKAGE = `helm.sh/helm/v4/cmd/helm@${VERSION}`;
const LONGEST_BUILD_MS = 30 * 60_000;

/**
 * Finds Helm on the PATH or in Modelyard's cache; builds it into the cache where Go is installed. That takes minutes,
 * once on a machine.
 * @param {{ env?: Record<string, string | undefined>, say?: (line: string) => void }} [options]
 * @returns {Promise<{ helm: string } | { missing: string }>} missing: why there is none
 */
export async function findHelm({ env = process.env, say = () => {} } = {}) {
  if (runs('helm', ['version'], env)) return { helm: 'helm' };
  const folder = join(env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'modelyard', 'bin');
  const cached = join(folder, process.platform === 'win32' ? 'helm.exe' : 'helm');
  if (existsSync(cached)) return { helm: cached };
  if (!runs('go', ['version'], env)) {
    return { missing: `neither helm nor go is on the PATH: install Helm ${VERSION} to run these tests` };
  }
  return withLock(
    cached,
    () => (existsSync(cached) ? { helm: cached } : build({ cached, folder, env, say })),
    () => say('waiting for another build of Helm'),
  );
}

function build({ cached, folder, env, say }) {
  say(`building Helm ${VERSION} into ${folder}: some minutes, once`);
  const [command, ...first] = runs('nice', ['true'], env) ? ['nice', '-n', '15', 'go'] : ['go'];
  const { status, error, stderr } = spawnSync(command, [...first, 'install', PACKAGE], {
    env: { ...env, GOBIN: folder },
    encoding: 'utf8',
    timeout: LONGEST_BUILD_MS,
  });
  if (status === 0 && existsSync(cached)) return { helm: cached };
  const reason = error?.message ?? stderr.trim().split('\n').at(-1);
  return { missing: `helm is not on the PATH, and go could not build it: ${reason}` };
}

function runs(command, args, env) {
  return spawnSync(command, args, { env, stdio: 'ignore' }).status === 0;
}
