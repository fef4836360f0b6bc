// Files to import, of the shapes that people bring. Real ones where BENCH_DATA names a folder with `mnist/*.gz` and
// `cifar-10/*.zip`; else made here, from a seed.
import { createWriteStream, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import yazl from 'yazl';

const REAL = process.env.BENCH_DATA;

/** A small, fast generator: benches need the same bytes in each run, not good randomness. */
export function generator(seed) {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** @returns {{ path: string, split: string }[]} the four IDX files of MNIST, or their like with `times` as many digits */
export function mnistFiles(folder, times = 1) {
  const names = [
    ['train', 60_000, 'train-images-idx3-ubyte.gz', 'train-labels-idx1-ubyte.gz'],
    ['test', 10_000, 't10k-images-idx3-ubyte.gz', 't10k-labels-idx1-ubyte.gz'],
  ];
  return names.flatMap(([split, rows, images, labels]) => {
    const real = (name) => REAL !== undefined && times === 1 && join(REAL, 'mnist', name);
    if (real(images) && existsSync(real(images))) {
      return [images, labels].map((name) => ({ path: real(name), split }));
    }
    const random = generator(rows);
    const count = rows * times;
    const header = (dimensions) => {
      const bytes = Buffer.alloc(4 + 4 * dimensions.length);
      bytes.writeUInt16BE(0x0800 | dimensions.length, 2);
      dimensions.forEach((size, index) => bytes.writeUInt32BE(size, 4 + 4 * index));
      return bytes;
    };
    const pixels = Buffer.alloc(count * 784);
    const classes = Buffer.alloc(count);
    for (let row = 0; row < count; row++) {
      classes[row] = Math.floor(random() * 10);
      // A stroke somewhere on empty paper: it compresses about as real digits do.
      const start = row * 784 + 200 + Math.floor(random() * 80);
      for (let line = 0; line < 12; line++) {
        for (let x = 0; x < 8; x++) pixels[start + line * 28 + x] = Math.floor(random() * 256);
      }
    }
    const write = (name, content) => {
      const path = join(folder, `${times}-${name}`);
      writeFileSync(path, gzipSync(content, { level: 1 }));
      return { path, split };
    };
    return [
      write(images, Buffer.concat([header([count, 28, 28]), pixels])),
      write(labels, Buffer.concat([header([count]), classes])),
    ];
  });
}

/** @returns {Promise<string>} a zip of `times` × 60,000 JPEG files of 32×32 in train|test/class folders */
export async function jpegZip(folder, times = 1) {
  const real = REAL !== undefined && times === 1 ? join(REAL, 'cifar-10') : undefined;
  const found =
    real && existsSync(real) ? readdirSync(real).find((name) => name.endsWith('.zip')) : undefined;
  if (found !== undefined) return join(real, found);
  const path = join(folder, `${times}-pictures.zip`);
  const zip = new yazl.ZipFile();
  const written = finished(zip.outputStream.pipe(createWriteStream(path)));
  const random = generator(32);
  for (const [split, rows] of [
    ['train', 50_000 * times],
    ['test', 10_000 * times],
  ]) {
    for (let row = 0; row < rows; row++) {
      // A gradient with noise: about a kilobyte, as photographs of this size take.
      const pixels = Buffer.alloc(32 * 32 * 3);
      const tint = [random() * 255, random() * 255, random() * 255];
      for (let at = 0; at < pixels.length; at++) {
        pixels[at] = Math.min(255, tint[at % 3] * ((at / 96) | 0) * 0.03 + random() * 90);
      }
      const bytes = await sharp(pixels, { raw: { width: 32, height: 32, channels: 3 } })
        .jpeg({ quality: 80 })
        .toBuffer();
      zip.addBuffer(bytes, `${split}/class-${row % 10}/${String(row).padStart(6, '0')}.jpg`, {
        compress: false,
      });
    }
  }
  zip.end();
  await written;
  return path;
}

/** @returns {Promise<string>} a CSV of 20 columns: ten numbers, four whole numbers, three categories, a flag, a date, the class */
export async function wideCsv(folder, rows) {
  const path = join(folder, `${rows}.csv`);
  const out = createWriteStream(path);
  const random = generator(rows);
  const numbers = Array.from({ length: 10 }, (_, i) => `x${i}`);
  const counts = Array.from({ length: 4 }, (_, i) => `n${i}`);
  out.write(`${[...numbers, ...counts, 'city', 'plan', 'channel', 'active', 'day', 'label'].join(',')}\n`);
  let block = '';
  for (let row = 0; row < rows; row++) {
    const label = Math.floor(random() * 5);
    const fields = [
      ...numbers.map((_, i) => (random() * 100 + label * i).toFixed(6)),
      ...counts.map((_, i) => (random() < 0.01 ? '' : Math.floor(random() * 1000 * (i + 1)))),
      `city-${Math.floor(random() * 200)}`,
      `plan-${Math.floor(random() * 4)}`,
      `channel-${Math.floor(random() * 7)}`,
      random() < 0.5,
      `2026-${String(1 + Math.floor(random() * 12)).padStart(2, '0')}-${String(1 + Math.floor(random() * 28)).padStart(2, '0')}`,
      `class-${label}`,
    ];
    block += `${fields.join(',')}\n`;
    if (block.length < 1 << 20) continue;
    if (!out.write(block)) await new Promise((resolve) => out.once('drain', resolve));
    block = '';
  }
  out.end(block);
  await finished(out);
  return path;
}
