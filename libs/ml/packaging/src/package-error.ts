/** A model package, or one of its files, is not what it should be. `path` is the file at fault, where it is one. */
export class PackageError extends Error {
  constructor(
    readonly problem: string,
    readonly path?: string,
  ) {
    super(path === undefined ? problem : `${path}: ${problem}`);
    this.name = 'PackageError';
  }
}
