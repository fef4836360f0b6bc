import type { FieldError } from '@modelyard/contracts';
import { RecipeError } from '../recipe-error';

const MOST_REPORTED = 50;

/** Collects problems, so that a reader of the error mends all of them at once. */
export class Problems {
  private readonly fields: FieldError[] = [];
  private unreported = 0;

  add(path: string, message: string): void {
    if (this.fields.length < MOST_REPORTED) this.fields.push({ path, message });
    else this.unreported += 1;
  }

  /** What was reported; past the first 50, how many more there are. */
  all(): FieldError[] {
    const rest = this.unreported > 0 ? [{ path: '', message: `and ${this.unreported} more problems` }] : [];
    return [...this.fields, ...rest];
  }

  /** All problems as one error, or undefined when there were none. */
  error(): RecipeError | undefined {
    return this.fields.length === 0 ? undefined : new RecipeError(this.all());
  }

  /** @throws RecipeError when there was any problem */
  throwIfAny(): void {
    const error = this.error();
    if (error) throw error;
  }
}

/** Where in the recipe, or in whatever else is read, a reader is. */
export class Place {
  constructor(
    private readonly problems: Problems,
    readonly path = '',
  ) {}

  key(name: string): Place {
    return new Place(this.problems, childPath(this.path, name));
  }

  index(index: number): Place {
    return new Place(this.problems, `${this.path}[${index}]`);
  }

  /** Reports a problem here. Returns undefined, which is what a reader gives for a value that it could not read. */
  report(message: string): undefined {
    this.problems.add(this.path, message);
    return undefined;
  }
}

function childPath(path: string, name: string): string {
  if (!/^[A-Za-z_$][\w$-]{0,99}$/.test(name)) return `${path}[${JSON.stringify(name.slice(0, 40))}]`;
  return path === '' ? name : `${path}.${name}`;
}
