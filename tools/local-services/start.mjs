#!/usr/bin/env node
// node tools/local-services/start.mjs [--postgres[=port]] [--redis[=port]] [--data <folder>]
// Starts them, prints one line of JSON with their URLs, stays up until SIGINT, SIGTERM or the end of its standard
// input, stops them. Without --data they work in a temporary folder that is removed at the end.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startPostgres } from './postgres.mjs';
import { startRedis } from './redis.mjs';

const STARTERS = { postgres: startPostgres, redis: startRedis };
const wanted = process.argv.slice(2).flatMap((argument) => {
  const match = /^--(postgres|redis)(?:=(\d+))?$/.exec(argument);
  return match === null ? [] : [{ name: match[1], port: Number(match[2] ?? 0) }];
});
const { values } = parseArgs({ options: { data: { type: 'string' } }, strict: false });
if (wanted.length === 0) {
  process.stderr.write('usage: start.mjs [--postgres[=port]] [--redis[=port]] [--data <folder>]\n');
  process.exit(2);
}

const temporary = values.data === undefined ? mkdtempSync(join(tmpdir(), 'modelyard-services-')) : undefined;
const folder = temporary ?? resolve(values.data);
if (temporary !== undefined) chmodSync(temporary, 0o711); // PostgreSQL's user passes through

const ended = new Promise((end) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, end);
  process.stdin.once('close', end).once('error', end).resume();
});

const log = (line) => process.stderr.write(`${line}\n`);
const started = await Promise.allSettled(
  wanted.map(({ name, port }) => STARTERS[name]({ dataDir: join(folder, name), port, log })),
);
const services = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
const failures = started.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));

if (failures.length === 0) {
  const said = wanted.map(({ name }, i) => [
    name,
    { url: services[i].url, port: services[i].port, pid: services[i].pid },
  ]);
  process.stdout.on('error', () => {}); // the reader is gone: its end of our input is too
  process.stdout.write(`${JSON.stringify(Object.fromEntries(said))}\n`);
  await ended;
} else {
  for (const failure of failures) log(failure.message);
  process.exitCode = 1;
}
await Promise.all(services.map((service) => service.stop()));
if (temporary !== undefined) rmSync(temporary, { recursive: true, force: true });
process.exit();
