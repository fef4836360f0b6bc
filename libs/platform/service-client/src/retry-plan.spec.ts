import { RetryPlan } from './retry-plan';
import { TransportError } from './transport-error';

const refused = { error: new TransportError('never-arrived') };

describe('RetryPlan', () => {
  it('waits longer each time, up to a limit, and at random', () => {
    const plan = new RetryPlan('GET', { forMs: 1e9 }, () => 1);
    const waits = Array.from({ length: 8 }, () => plan.next(refused));
    expect(waits).toEqual([100, 200, 400, 800, 1600, 2000, 2000, 2000]);
    expect(new RetryPlan('GET', 'safe', () => 0.25).next(refused)).toBe(25);
  });

  it('waits as long as it is asked to, within reason', () => {
    const plan = new RetryPlan('GET', 'safe', () => 0);
    expect(plan.next({ status: 503, retryAfterSeconds: 1 })).toBe(1000);
    expect(plan.next({ status: 503, retryAfterSeconds: 3600 })).toBe(2000);
  });

  it('repeats a write only if it never arrived', () => {
    expect(new RetryPlan('POST', 'safe', () => 0).next(refused)).toBe(0);
    expect(
      new RetryPlan('POST', 'safe', () => 0).next({ error: new TransportError('broken') }),
    ).toBeUndefined();
    expect(
      new RetryPlan('POST', 'safe', () => 0).next({ status: 503, retryAfterSeconds: 0 }),
    ).toBeUndefined();
    expect(new RetryPlan('GET', 'never', () => 0).next(refused)).toBeUndefined();
    expect(new RetryPlan('GET', 'safe', () => 0).next({ status: 500, retryAfterSeconds: 0 })).toBeUndefined();
    expect(
      new RetryPlan('GET', 'safe', () => 0).next({ error: new Error('a fault of ours') }),
    ).toBeUndefined();
  });
});
