// Reads zip files (a wheel is one) with Node alone, so that unpacking needs neither Python nor unzip.
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_ENTRY = 0x04034b50;
const STORED = 0;
const DEFLATED = 8;

/** @typedef {{ name: string, method: number, packed: number, size: number, offset: number }} ZipEntry */

async function readAt(file, position, length) {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, position);
  if (bytesRead !== length) throw new Error('the zip file ends too early');
  return buffer;
}

/** Reads the central directory. 64-bit zip files (over 4 GB, or 65,535 entries and more) are refused. */
async function entries(file) {
  const { size } = await file.stat();
  const tail = await readAt(file, Math.max(0, size - 65_557), Math.min(size, 65_557));
  let at = tail.length - 22;
  while (at >= 0 && tail.readUInt32LE(at) !== END_OF_DIRECTORY) at--;
  if (at < 0) throw new Error('not a zip file: it has no central directory');
  const count = tail.readUInt16LE(at + 10);
  const start = tail.readUInt32LE(at + 16);
  if (count === 0xffff || start === 0xffffffff) throw new Error('64-bit zip files are not supported');
  const directory = await readAt(file, start, tail.readUInt32LE(at + 12));
  const found = [];
  for (let position = 0, index = 0; index < count; index++) {
    if (directory.readUInt32LE(position) !== DIRECTORY_ENTRY) throw new Error('the zip directory is damaged');
    const nameEnd = position + 46 + directory.readUInt16LE(position + 28);
    found.push({
      name: directory.toString('utf8', position + 46, nameEnd),
      method: directory.readUInt16LE(position + 10),
      packed: directory.readUInt32LE(position + 20),
      size: directory.readUInt32LE(position + 24),
      offset: directory.readUInt32LE(position + 42),
    });
    position = nameEnd + directory.readUInt16LE(position + 30) + directory.readUInt16LE(position + 32);
  }
  return found;
}

/** @param {ZipEntry} entry */
async function extractEntry(archive, file, entry, target) {
  const local = await readAt(file, entry.offset, 30);
  if (local.readUInt32LE(0) !== LOCAL_ENTRY) throw new Error(`the zip entry ${entry.name} is damaged`);
  const start = entry.offset + 30 + local.readUInt16LE(26) + local.readUInt16LE(28);
  await mkdir(dirname(target), { recursive: true });
  const output = createWriteStream(target, { mode: 0o644 });
  if (entry.packed === 0) {
    output.end();
    await new Promise((resolve, reject) => output.once('close', resolve).once('error', reject));
    return;
  }
  const input = createReadStream(archive, { start, end: start + entry.packed - 1, highWaterMark: 1 << 20 });
  if (entry.method === STORED) await pipeline(input, output);
  else if (entry.method === DEFLATED) await pipeline(input, createInflateRaw({ chunkSize: 1 << 20 }), output);
  else throw new Error(`the zip entry ${entry.name} uses compression method ${entry.method}`);
  if (output.bytesWritten !== entry.size) throw new Error(`the zip entry ${entry.name} has the wrong size`);
}

/**
 * Unpacks the entries that `isKept` names below `directory`, under the paths that they have in the archive.
 * @param {string} archive @param {string} directory @param {(name: string) => boolean} isKept
 * @returns {Promise<string[]>} the paths that were written, as the archive names them
 */
export async function unzip(archive, directory, isKept) {
  const file = await open(archive, 'r');
  try {
    const kept = (await entries(file)).filter((entry) => !entry.name.endsWith('/') && isKept(entry.name));
    for (const entry of kept) {
      if (entry.name.split('/').includes('..') || entry.name.startsWith('/')) {
        throw new Error(`the zip entry ${entry.name} points outside its folder`);
      }
      await extractEntry(archive, file, entry, join(directory, entry.name));
    }
    return kept.map((entry) => entry.name);
  } finally {
    await file.close();
  }
}
