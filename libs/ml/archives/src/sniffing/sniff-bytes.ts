/** What a file is by its first bytes, whatever it is called. */
export type FileKind =
  | 'empty'
  | 'zip'
  | 'gzip'
  | 'tar'
  | 'tar.gz'
  | '7z'
  | 'rar'
  | 'bzip2'
  | 'xz'
  | 'zstd'
  | 'parquet'
  | 'png'
  | 'jpeg'
  | 'gif'
  | 'webp'
  | 'bmp'
  | 'tiff'
  | 'avif'
  | 'svg'
  | 'pdf'
  | 'idx'
  | 'utf-16'
  | 'text'
  | 'unknown';

/** As many bytes as `sniffBytes` looks at. */
export const SNIFFED_BYTES = 4_096;

const SIGNATURES: [FileKind, string | number[], number?][] = [
  ['zip', 'PK\x03\x04'],
  ['zip', 'PK\x05\x06'], // without files
  ['gzip', [0x1f, 0x8b, 8]],
  ['7z', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ['rar', 'Rar!\x1a\x07'],
  ['bzip2', 'BZh'],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['parquet', 'PAR1'],
  ['png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['jpeg', [0xff, 0xd8, 0xff]],
  ['gif', 'GIF87a'],
  ['gif', 'GIF89a'],
  ['tiff', [0x49, 0x49, 0x2a, 0]],
  ['tiff', [0x4d, 0x4d, 0, 0x2a]],
  ['avif', 'ftypavif', 4],
  ['avif', 'ftypavis', 4],
  ['pdf', '%PDF-'],
  ['tar', 'ustar', 257],
  ['utf-16', [0xff, 0xfe]],
  ['utf-16', [0xfe, 0xff]],
];

/** IDX: two zero bytes, the values' type, the number of dimensions. */
const IDX_TYPES = [0x08, 0x09, 0x0b, 0x0c, 0x0d, 0x0e];

/**
 * What a file is, by how it begins. `gzip` may still hold a tar archive: `sniffFile` looks.
 * @param bytes the first `SNIFFED_BYTES` of the file, or all of it
 */
export function sniffBytes(bytes: Buffer): FileKind {
  if (bytes.length === 0) return 'empty';
  for (const [kind, signature, at = 0] of SIGNATURES) {
    const expected =
      typeof signature === 'string' ? Buffer.from(signature, 'latin1') : Buffer.from(signature);
    if (bytes.subarray(at, at + expected.length).equals(expected)) return kind;
  }
  if (startsWith(bytes, 'RIFF') && bytes.toString('latin1', 8, 12) === 'WEBP') return 'webp';
  if (startsWith(bytes, 'BM') && bytes.length >= 26 && bytes.readUInt32LE(6) === 0) return 'bmp';
  if (isIdx(bytes)) return 'idx';
  if (isOldTar(bytes)) return 'tar';
  return textKind(bytes);
}

function startsWith(bytes: Buffer, text: string): boolean {
  return bytes.toString('latin1', 0, text.length) === text;
}

function isIdx(bytes: Buffer): boolean {
  const dimensions = bytes[3] ?? 0;
  return (
    bytes.length >= 8 &&
    bytes[0] === 0 &&
    bytes[1] === 0 &&
    IDX_TYPES.includes(bytes[2] as number) &&
    dimensions >= 1 &&
    dimensions <= 4
  );
}

/** Before 1988 a tar archive had no signature; its header has a sum of itself. */
function isOldTar(bytes: Buffer): boolean {
  if (bytes.length < 512) return false;
  const stated = parseInt(bytes.toString('latin1', 148, 156).replace(/[\0 ]+$/, ''), 8);
  if (!Number.isInteger(stated) || stated === 0) return false;
  let sum = 8 * 0x20;
  for (let i = 0; i < 512; i++) if (i < 148 || i >= 156) sum += bytes[i] as number;
  return sum === stated;
}

function textKind(bytes: Buffer): FileKind {
  if (looksLikeUtf16(bytes)) return 'utf-16';
  let controls = 0;
  for (const byte of bytes) if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13) controls++;
  // A few NULs are a broken text, which its reader tells of better; many are none.
  if (controls > bytes.length / 50) return 'unknown';
  return /^\uFEFF?\s*(<\?xml[^>]*>\s*)?(<!--[^]*?-->\s*|<!DOCTYPE[^>]*>\s*)*<svg[\s>]/i.test(
    bytes.toString('utf8'),
  )
    ? 'svg'
    : 'text';
}

/** Without a byte-order mark: in Western text every second byte is zero. */
function looksLikeUtf16(bytes: Buffer): boolean {
  if (bytes.length < 4) return false;
  const zeros = [0, 0];
  for (const [index, byte] of bytes.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const half = bytes.length / 2;
  const [even = 0, odd = 0] = zeros;
  return (odd > half * 0.7 && even < half * 0.05) || (even > half * 0.7 && odd < half * 0.05);
}
