import { PackageError } from '../package-error';

/** A plain object of unknown origin. Only its own keys count. */
export type Fields = Record<string, unknown>;

/** Reads values of unknown origin; every refusal names the file and the place in it. */
export class FieldReader {
  constructor(private readonly file: string) {}

  fail(place: string, problem: string): never {
    throw new PackageError(`${place} ${problem}`, this.file);
  }

  object(value: unknown, place: string): Fields {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      this.fail(place, 'should be an object');
    return value as Fields;
  }

  list(value: unknown, place: string, most: number): unknown[] {
    if (!Array.isArray(value)) this.fail(place, 'should be a list');
    if (value.length > most) this.fail(place, `has ${value.length} entries, at most ${most}`);
    return value;
  }

  text(value: unknown, place: string, longest = 1000): string {
    if (typeof value !== 'string') this.fail(place, 'should be text');
    if (value.length > longest) this.fail(place, `has ${value.length} characters, at most ${longest}`);
    return value;
  }

  optionalText(value: unknown, place: string): string | undefined {
    return value === undefined || value === null ? undefined : this.text(value, place);
  }

  oneOf<T extends string>(value: unknown, place: string, allowed: readonly T[]): T {
    if (!allowed.includes(value as T)) this.fail(place, `should be one of ${allowed.join(', ')}`);
    return value as T;
  }

  number(value: unknown, place: string): number {
    if (typeof value !== 'number' || !Number.isFinite(value)) this.fail(place, 'should be a finite number');
    return value;
  }

  /** A shape: −1 stands for a dimension that varies. */
  shape(value: unknown, place: string, smallest: -1 | 1): number[] {
    return this.list(value, place, 16).map((size, axis) => {
      if (!Number.isSafeInteger(size) || (size as number) < smallest || size === 0) {
        this.fail(`${place}[${axis}]`, `should be a positive integer${smallest === -1 ? ' or -1' : ''}`);
      }
      return size as number;
    });
  }

  /** JSON of at most `most` bytes. */
  json(content: Buffer | string, most: number): unknown {
    if (Buffer.byteLength(content) > most) throw new PackageError(`is larger than ${most} bytes`, this.file);
    try {
      return JSON.parse(content.toString());
    } catch (error) {
      throw new PackageError(
        `is not JSON (${error instanceof Error ? error.message : 'unreadable'})`,
        this.file,
      );
    }
  }
}
