import { Injectable } from '@nestjs/common';

/** Where time comes from, so that tests can hold it. */
@Injectable()
export class Clock {
  /** Milliseconds since the epoch. */
  now(): number {
    return Date.now();
  }
}

export function toIso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
