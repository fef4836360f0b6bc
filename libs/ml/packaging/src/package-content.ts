/** The files of a model package: path → content. Paths are relative, with forward slashes. */
export type PackageContent = ReadonlyMap<string, Buffer>;
