import { AppError } from '@modelyard/platform-errors';

/** Lets `running` works go on at once, holds `waiting` more in line, and turns the rest away. */
export class Gate {
  private free: number;
  private readonly line: (() => void)[] = [];

  constructor(
    running: number,
    private readonly waiting: number,
  ) {
    this.free = running;
  }

  /** @throws AppError OVERLOADED when the line is full */
  async pass<T>(work: () => Promise<T>): Promise<T> {
    const leave = await this.enter();
    try {
      return await work();
    } finally {
      leave();
    }
  }

  /** For work that ends elsewhere. @returns what lets the next one in; calling it again does nothing */
  async enter(): Promise<() => void> {
    if (this.free > 0) this.free--;
    else await this.wait();
    let inside = true;
    return () => {
      if (!inside) return;
      inside = false;
      const next = this.line.shift();
      if (next === undefined) this.free++;
      else next();
    };
  }

  private wait(): Promise<void> {
    if (this.line.length >= this.waiting) {
      throw new AppError('OVERLOADED', 'Too many look into datasets at this moment. Try again.', {
        retryAfterSeconds: 1,
      });
    }
    return new Promise((resolve) => this.line.push(resolve));
  }
}
