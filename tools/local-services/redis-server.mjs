// Finds a Redis server to run, or gets one.
import { execFile } from 'node:child_process';
import {
  accessSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const IMAGE = 'redis:7-alpine';

/**
 * @typedef {{ kind: 'program', path: string, env: Record<string, string> } | { kind: 'docker', image: string }} RedisServer
 */

/**
 * In order: `redis-server` or `valkey-server` on PATH, one unpacked earlier, Docker if its engine answers, Debian's package.
 * @returns {Promise<RedisServer>}
 */
export async function findRedisServer(log) {
  const found = onPath('redis-server') ?? onPath('valkey-server');
  if (found !== undefined) return { kind: 'program', path: found, env: {} };
  const unpacked = unpackedServer();
  if (unpacked !== undefined) return unpacked;
  if (await dockerAnswers()) return { kind: 'docker', image: IMAGE };
  const reasons = ['no redis-server or valkey-server on PATH', 'no Docker engine answers'];
  if (onPath('apt-get') !== undefined) {
    try {
      return process.getuid?.() === 0 ? await installAsRoot(log) : await unpackWithoutRoot(log);
    } catch (error) {
      reasons.push(`Debian's package could not be had (${lastLine(error)})`);
    }
  }
  throw new Error(
    `Redis is missing: ${reasons.join(', ')}. Install it (Debian and Ubuntu: sudo apt-get install redis-server; ` +
      'macOS: brew install redis), start Docker, or set REDIS_URL to a Redis of your own.',
  );
}

function onPath(name) {
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    '/usr/local/bin',
    '/usr/bin',
    '/opt/homebrew/bin',
  ];
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function dockerAnswers() {
  if (onPath('docker') === undefined) return false;
  return execute('docker', ['version', '--format', '{{.Server.Version}}'], { timeout: 5_000 }).then(
    ({ stdout }) => stdout.trim() !== '',
    () => false,
  );
}

const POLICY = '/usr/sbin/policy-rc.d';

async function installAsRoot(log) {
  log("installing Debian's redis-server");
  // Debian starts what it installs, at the usual port; the policy file is its own way to say no. When the machine has
  // a policy already (Debian's container images do), that one stands.
  const ours = !existsSync(POLICY);
  if (ours) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    await apt(['install', '-y', '--no-install-recommends', 'redis-server']).catch(async () => {
      await apt(['update']);
      await apt(['install', '-y', '--no-install-recommends', 'redis-server']);
    });
  } finally {
    if (ours) rmSync(POLICY, { force: true });
  }
  if (existsSync('/run/systemd/system'))
    await execute('systemctl', ['disable', 'redis-server']).catch(() => {});
  const path = onPath('redis-server');
  if (path === undefined) throw new Error('the package installed no redis-server');
  return { kind: 'program', path, env: {} };
}

const cache = () => join(homedir(), '.cache/modelyard');

/** apt-get works without root when it keeps its lists and packages in a folder of ours. */
async function unpackWithoutRoot(log) {
  log(`unpacking Debian's redis-server into ${cache()}`);
  const state = join(cache(), `apt.${process.pid}`);
  const packages = join(state, 'packages');
  const place = join(cache(), 'redis');
  const half = `${place}.${process.pid}`;
  mkdirSync(join(state, 'lists/partial'), { recursive: true });
  mkdirSync(packages, { recursive: true });
  const own = ['-o', `Dir::State::lists=${join(state, 'lists')}`, '-o', `Dir::Cache=${state}`];
  try {
    await apt([...own, 'update']);
    const { stdout } = await apt([
      ...own,
      'install',
      '--simulate',
      '--no-install-recommends',
      'redis-server',
    ]);
    const names = [...stdout.matchAll(/^Inst (\S+)/gm)].map((match) => match[1]);
    await apt([...own, 'download', ...names], packages);
    for (const file of readdirSync(packages)) await execute('dpkg-deb', ['-x', join(packages, file), half]);
    if (!existsSync(place)) renameSync(half, place); // another starter may have been faster
  } finally {
    rmSync(state, { recursive: true, force: true });
    rmSync(half, { recursive: true, force: true });
  }
  const server = unpackedServer();
  if (server === undefined) throw new Error('the packages hold no redis-server');
  return server;
}

function unpackedServer() {
  const place = join(cache(), 'redis');
  const path = join(place, 'usr/bin/redis-server');
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return undefined;
  const libraries = ['lib', 'usr/lib']
    .map((folder) => join(place, folder))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => [folder, ...readdirSync(folder).map((inner) => join(folder, inner))]);
  return { kind: 'program', path, env: { LD_LIBRARY_PATH: libraries.join(':') } };
}

function apt(args, cwd = '/') {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' };
  return execute('apt-get', ['-q', ...args], { cwd, env, timeout: 300_000, maxBuffer: 16 * 1024 * 1024 });
}

function lastLine(error) {
  const said = String(error.stderr || error.message).trim();
  return said.split('\n').at(-1);
}
