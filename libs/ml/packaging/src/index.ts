export { buildPackage } from './build/build-package';
export type { ClassReport, EvaluationReport, PackagedRun, PackageParts } from './build/package-parts';
export type { PackageContent } from './package-content';
export { packageDigest } from './package-digest';
export { PackageError } from './package-error';
export { checkPackagePath } from './package-path';
