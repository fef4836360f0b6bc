import fc from 'fast-check';
import type { GatewayConfig } from '../gateway.config';
import { RateLimiter } from './rate-limiter';
import { TokenBucket } from './token-bucket';

const limiter = (ratePerSecond: number, rateBurst: number): RateLimiter =>
  new RateLimiter({ ratePerSecond, rateBurst } as GatewayConfig);

describe('RateLimiter', () => {
  it('lets a burst through, then one request each time a token has come', () => {
    const limit = limiter(10, 3);
    const verdicts = [0, 0, 0, 0, 99, 100, 101].map((now) => limit.take('key', now)?.allowed);
    expect(verdicts).toEqual([true, true, true, false, false, true, false]);
  });

  it('says how much is left and when there is more', () => {
    const limit = limiter(1, 2);
    expect(limit.take('key', 0)).toEqual({
      allowed: true,
      limit: 2,
      remaining: 1,
      resetSeconds: 1,
      waitSeconds: 1,
    });
    limit.take('key', 0);
    expect(limit.take('key', 0)).toEqual({
      allowed: false,
      limit: 2,
      remaining: 0,
      resetSeconds: 2,
      waitSeconds: 1,
    });
  });

  it('keeps keys apart', () => {
    const limit = limiter(1, 1);
    expect(limit.take('one', 0)?.allowed).toBe(true);
    expect(limit.take('two', 0)?.allowed).toBe(true);
    expect(limit.take('one', 0)?.allowed).toBe(false);
  });

  it('has no limit at a rate of 0', () => {
    expect(limiter(0, 1).take('key', 0)).toBeUndefined();
  });

  it('remembers those who are limited while it forgets a thousand others', () => {
    const limit = limiter(1, 1);
    for (let key = 0; key < 1_100; key += 1) limit.take(`idle ${key}`, 0);
    limit.take('busy', 5_000);
    for (let key = 0; key < 1_100; key += 1) limit.take(`other ${key}`, 5_000);
    expect(limit.take('busy', 5_000)?.allowed).toBe(false);
  });
});

describe('TokenBucket', () => {
  it('never gives more than its capacity and its rate allow, whenever it is asked', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 100 }),
        fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 200 }),
        (capacity, perSecond, gaps) => {
          const bucket = new TokenBucket(capacity, perSecond, 0);
          let now = 0;
          let given = 0;
          for (const gap of gaps) {
            now += gap;
            if (bucket.take(now)) given += 1;
          }
          expect(given).toBeLessThanOrEqual(capacity + (now / 1000) * perSecond + 1e-6);
          expect(bucket.remaining).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });
});
