import { PackageError } from './package-error';

const LONGEST = 512;
/** Names that Windows keeps for devices, whatever follows the first dot. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * Refuses a path that could leave the package's folder, or that some file system takes for another.
 * @returns the path, unchanged
 * @throws PackageError
 */
export function checkPackagePath(path: string): string {
  const problem = problemOf(path);
  if (problem === undefined) return path;
  throw new PackageError(`the path ${JSON.stringify(path.slice(0, 100))} ${problem}`);
}

function problemOf(path: string): string | undefined {
  if (path === '') return 'is empty';
  if (path.length > LONGEST) return `has ${path.length} characters, at most ${LONGEST}`;
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\u0000-\u001f\u007f\\:*?"<>|]/.test(path)) return 'has a character that file systems do not allow';
  for (const part of path.split('/')) {
    if (part === '' || part === '.' || part === '..')
      return 'must be relative, without empty parts, "." and ".."';
    if (part.endsWith('.') || part.endsWith(' ')) return 'has a part that ends in a dot or a space';
    if (DEVICE.test(part)) return 'has a part that is a device on Windows';
  }
  return undefined;
}
