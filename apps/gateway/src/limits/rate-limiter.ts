import { Injectable } from '@nestjs/common';
import { GatewayConfig } from '../gateway.config';
import { TokenBucket } from './token-bucket';

const SWEEP_AT = 1_000;

export interface RateVerdict {
  allowed: boolean;
  limit: number;
  remaining: number;
  resetSeconds: number;
  waitSeconds: number;
}

/** A token bucket for each key, in this replica's memory: with n replicas a key gets up to n times its rate. */
@Injectable()
export class RateLimiter {
  private readonly buckets = new Map<string, TokenBucket>();

  constructor(private readonly config: GatewayConfig) {}

  /** @returns undefined when there is no limit */
  take(keyId: string, now: number = performance.now()): RateVerdict | undefined {
    const { ratePerSecond, rateBurst } = this.config;
    if (ratePerSecond === 0) return undefined;
    let bucket = this.buckets.get(keyId);
    if (bucket === undefined) {
      if (this.buckets.size >= SWEEP_AT) this.sweep(now);
      bucket = new TokenBucket(rateBurst, ratePerSecond, now);
      this.buckets.set(keyId, bucket);
    }
    const allowed = bucket.take(now);
    return {
      allowed,
      limit: rateBurst,
      remaining: bucket.remaining,
      resetSeconds: Math.ceil(bucket.resetSeconds),
      waitSeconds: Math.max(1, Math.ceil(bucket.waitSeconds)),
    };
  }

  /** A full bucket is as good as none. */
  private sweep(now: number): void {
    for (const [id, bucket] of this.buckets) if (bucket.isFull(now)) this.buckets.delete(id);
  }
}
