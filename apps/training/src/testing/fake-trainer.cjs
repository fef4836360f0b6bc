// A trainer that does what its job's id says, for tests of the process around it.
process.once('disconnect', () => process.exit(1));
const say = (message, then) => process.send(message, undefined, undefined, then);

const acts = {
  finish: () => {
    const point = { key: 'loss', value: NaN, step: 1, timestamp: 0 };
    say({ type: 'epoch', progress: { epoch: 1, epochs: 1, metrics: {} }, metrics: [point], seconds: 1 });
    say({ type: 'finished', result: { threads: process.env.TF_NUM_INTRAOP_THREADS } }, () => process.exit(0));
  },
  crash: () => {
    process.stderr.write('line one\nterminate called after throwing std::bad_alloc\n');
    process.exitCode = 134;
    process.disconnect();
  },
  killed: () => process.kill(process.pid, 'SIGKILL'),
  wait: () => say({ type: 'log', level: 'info', message: 'waiting' }),
  // Blocks its event loop and cannot hear anything, as a long training step does.
  deaf: () => {
    process.on('SIGTERM', () => undefined);
    say({ type: 'log', level: 'info', message: 'deaf' }, () => {
      for (;;);
    });
  },
};

process.on('message', (message) => {
  if (message.type === 'train') acts[message.assignment.trainingJobId]();
  else say({ type: 'handed-back' }, () => process.exit(0));
});
