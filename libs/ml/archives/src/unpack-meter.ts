import { Transform } from 'node:stream';
import type { TransformCallback } from 'node:stream';
import type { ArchiveLimits } from './archive-limits';
import type { Refusal } from './refusal';

/** Counts what an archive unpacks to, and stops it at its limits. */
export class UnpackMeter {
  private entries = 0;
  private bytes = 0;
  private readonly names = new Set<string>();

  constructor(
    private readonly limits: ArchiveLimits,
    private readonly refusal: Refusal,
    /** Packed bytes of the whole archive. */
    private readonly packed: number,
  ) {}

  /** @throws UnreadableData */
  addEntry(): void {
    if (++this.entries > this.limits.entries) {
      throw this.refusal.because(`it holds more than ${String(this.limits.entries)} files`);
    }
  }

  /** @throws UnreadableData at a name that came before */
  addName(name: string): void {
    if (this.names.has(name)) throw this.refusal.because('two files have the same name', name);
    this.names.add(name);
  }

  /** A file's size, where the archive says it. @throws UnreadableData */
  declare(size: number, packed: number, name: string): void {
    if (size > this.limits.entryBytes) this.refuseSize(name);
    if (size > this.limits.ratioFreeBytes && size > packed * this.limits.ratio) this.refuseRatio(name);
    this.addBytes(size);
  }

  /** @throws UnreadableData */
  addBytes(count: number): void {
    this.bytes += count;
    if (this.bytes > this.limits.bytes) {
      throw this.refusal.because(`it unpacks to more than ${String(this.limits.bytes)} bytes`);
    }
    if (this.bytes > this.limits.ratioFreeBytes && this.bytes > this.packed * this.limits.ratio) {
      this.refuseRatio();
    }
  }

  /** A stream that passes on what it counts. */
  counting(): Transform {
    const add = (count: number) => this.addBytes(count);
    return new Transform({
      highWaterMark: 1024 ** 2,
      transform(chunk: Buffer, _encoding, done: TransformCallback) {
        try {
          add(chunk.length);
          done(null, chunk);
        } catch (error) {
          done(error as Error);
        }
      },
    });
  }

  private refuseRatio(name?: string): never {
    const ratio = String(this.limits.ratio);
    throw this.refusal.because(`it unpacks to more than ${ratio} times its size, as bombs do`, name);
  }

  private refuseSize(name: string): never {
    throw this.refusal.because(`a file has more than ${String(this.limits.entryBytes)} bytes`, name);
  }
}
