import { JobWorkers } from './job-workers';
import { silentLogger } from './testing/silent-logger';

const NOWHERE = 'redis://127.0.0.1:1/0';

describe('JobWorkers.start', () => {
  it('refuses a queue with a job that nobody handles, so that the boot fails', () => {
    const workers = new JobWorkers(NOWHERE, silentLogger);
    // A caller in JavaScript, or a cast, gets past the compiler.
    expect(() => workers.start('training', {} as never)).toThrow(
      'Nobody handles the job train of the queue training.',
    );
  });
});

describe('JobWorkers.close', () => {
  it('ends in bounded time although Redis was never there', async () => {
    const workers = new JobWorkers(NOWHERE, silentLogger);
    await workers.start('training', { train: () => Promise.resolve({ status: 'succeeded' }) });
    const start = performance.now();
    await workers.close(100);
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});
