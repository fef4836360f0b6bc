// A worker that takes a job, says so, and never ends: for tests that kill it.
// node hanging-worker.cjs <redis url> <queue> <prefix> <lock duration in ms>
const { Redis } = require('ioredis');
const { Worker } = require('bullmq');

const [url, queue, prefix, lockDuration] = process.argv.slice(2);
const connection = new Redis(url, { maxRetriesPerRequest: null });
const hang = async (job) => {
  process.stdout.write(`${job.id}\n`);
  await new Promise(() => {});
};
// The workers of a queue share one timer of stalled checks in Redis, as long as the one that set it says.
new Worker(queue, hang, { connection, prefix, lockDuration: Number(lockDuration), stalledInterval: 200 });
