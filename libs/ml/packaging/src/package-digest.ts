import { createHash } from 'node:crypto';
import type { PackageFile } from '@modelyard/contracts';
import { checkPackagePath } from './package-path';
import type { PackageContent } from './package-content';

/**
 * One digest for a whole package: SHA-256 over the lines `<sha256 hex>  <path>\n` of all files, sorted by path in
 * UTF-16 code units. `sha256sum` writes the same lines. The contents and the stored files' digests give the same.
 * @returns `sha256:<hex>`
 * @throws PackageError for a path that a package may not hold
 */
export function packageDigest(
  files: PackageContent | readonly Pick<PackageFile, 'path' | 'sha256'>[],
): string {
  const entries: [string, string][] =
    files instanceof Map
      ? [...(files as PackageContent)].map(([path, content]) => [path, sha256(content)])
      : (files as readonly PackageFile[]).map((file) => [file.path, file.sha256]);
  const lines = entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, digest]) => `${digest}  ${checkPackagePath(path)}\n`);
  return `sha256:${sha256(lines.join(''))}`;
}

function sha256(content: Buffer | string): string {
  return createHash('sha256').update(content).digest('hex');
}
