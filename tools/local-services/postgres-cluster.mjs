// Makes a PostgreSQL cluster (initdb) with one superuser and one database, both called `modelyard`.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const OWNER = 'modelyard';

/**
 * Makes `<home>/cluster` unless it is there. It is made beside and renamed, so a broken start leaves no half cluster.
 * @returns {Promise<string>} the cluster's folder
 */
export async function ensureCluster({ home, binaries, password, user, log }) {
  const cluster = join(home, 'cluster');
  if (existsSync(join(cluster, 'PG_VERSION'))) return cluster;
  log('making a new PostgreSQL cluster');
  const half = join(home, `cluster.${process.pid}`);
  const passwordFile = join(home, `initdb-password.${process.pid}`);
  rmSync(half, { recursive: true, force: true });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (user) chownSync(passwordFile, user.uid, user.gid);
  try {
    await run(user, join(binaries, 'initdb'), [
      `--pgdata=${half}`,
      `--username=${OWNER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // Sorting that does not change with the machine's C library or ICU.
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--set=shared_buffers=32MB',
      '--set=max_connections=60',
    ]);
    await run(
      user,
      join(binaries, 'postgres'),
      ['--single', '-D', half, 'postgres'],
      `CREATE DATABASE ${OWNER}\n`,
    );
    renameSync(half, cluster);
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(half, { recursive: true, force: true });
  }
  return cluster;
}

async function run(user, program, args, input = '') {
  const child = spawn(program, args, {
    cwd: '/',
    stdio: 'pipe',
    env: { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/bin:/bin' },
    ...user,
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const [status] = await once(child, 'close');
  if (status !== 0)
    throw new Error(`${program} failed (${status}).\n${said.trim().split('\n').slice(-8).join('\n')}`);
}
