import type { DesiredDeployment } from '@modelyard/contracts';
import { LoadRetries } from './load-retries';

describe('LoadRetries', () => {
  const desired = (revision: number): DesiredDeployment =>
    ({ name: 'digits', revision }) as DesiredDeployment;

  it('waits twice as long after each failure, a minute at most', () => {
    let now = 0;
    const retries = new LoadRetries(() => now);
    const pauses: number[] = [];
    for (let attempt = 0; attempt < 8; attempt += 1) {
      retries.failed(desired(1));
      const start = now;
      while (!retries.due(desired(1))) now += 500;
      pauses.push(now - start);
    }
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
  });

  it('lets a new revision through at once', () => {
    const retries = new LoadRetries(() => 0);
    retries.failed(desired(1));
    expect(retries.due(desired(1))).toBe(false);
    expect(retries.due(desired(2))).toBe(true);
    retries.forget('digits');
    expect(retries.due(desired(1))).toBe(true);
  });
});
