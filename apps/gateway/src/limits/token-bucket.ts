/** A bucket of `capacity` tokens that refills steadily; a request takes one. Times in milliseconds. */
export class TokenBucket {
  private tokens: number;
  private at: number;

  constructor(
    private readonly capacity: number,
    private readonly perSecond: number,
    now: number,
  ) {
    this.tokens = capacity;
    this.at = now;
  }

  /** @returns whether there was a token */
  take(now: number): boolean {
    this.refill(now);
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }

  get remaining(): number {
    return Math.floor(this.tokens);
  }

  /** Seconds until there is a token. */
  get waitSeconds(): number {
    return Math.max(0, (1 - this.tokens) / this.perSecond);
  }

  /** Seconds until the bucket is full. */
  get resetSeconds(): number {
    return (this.capacity - this.tokens) / this.perSecond;
  }

  isFull(now: number): boolean {
    this.refill(now);
    return this.tokens >= this.capacity;
  }

  private refill(now: number): void {
    const elapsed = Math.max(0, now - this.at) / 1000;
    this.tokens = Math.min(this.capacity, this.tokens + elapsed * this.perSecond);
    this.at = now;
  }
}
