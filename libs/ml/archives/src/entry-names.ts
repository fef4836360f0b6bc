import type { Refusal } from './refusal';

const NESTED = /\.(zip|tar|tgz|tbz2?|txz|gz|bz2|xz|zst|7z|rar|jar|cab|iso)$/i;

/**
 * The name of a file in an archive, checked: it stays in the folder that the archive is unpacked to, on every system.
 * @returns `undefined` for folders and for what systems leave in archives (`__MACOSX`, `.DS_Store`, `Thumbs.db`, dot files)
 * @throws UnreadableData
 */
export function entryName(name: string, refusal: Refusal): string | undefined {
  if (name.includes('\0')) throw refusal.because('a file name has a NUL in it', name);
  if (name.length > 4_096) throw refusal.because('a file name has more than 4,096 characters', name);
  const path = name.replaceAll('\\', '/');
  if (path.startsWith('/')) throw refusal.because('a file name is absolute', name);
  if (/^[a-z]:/i.test(path)) throw refusal.because('a file name has a drive letter', name);
  const folders = path.split('/').filter((part) => part !== '.' && part !== '');
  if (folders.includes('..')) throw refusal.because('a file name leads out of the archive (..)', name);
  if (path.endsWith('/') || folders.length === 0 || isLeftOver(folders)) return undefined;
  return folders.join('/');
}

/** @throws UnreadableData for an archive in the archive */
export function refuseNested(name: string, refusal: Refusal): void {
  if (NESTED.test(name)) {
    throw refusal.because('it holds another archive. Unpack that one first, or upload it by itself', name);
  }
}

function isLeftOver(folders: string[]): boolean {
  const last = folders.at(-1)?.toLowerCase();
  return (
    folders.some((part) => part.startsWith('.') || part === '__MACOSX') ||
    last === 'thumbs.db' ||
    last === 'desktop.ini'
  );
}
