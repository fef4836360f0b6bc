import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { ZipFile } from 'yazl';

export type Files = Record<string, Buffer | string>;

/** A zip archive of these files, as ordinary programs write it. */
export async function zipOf(files: Files, options: { store?: boolean } = {}): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(files)) {
    zip.addBuffer(Buffer.from(content), name, { compress: options.store !== true });
  }
  zip.end();
  return buffer(zip.outputStream);
}

export async function tarOf(files: Files): Promise<Buffer> {
  const tar = pack();
  for (const [name, content] of Object.entries(files)) tar.entry({ name }, Buffer.from(content));
  tar.finalize();
  return buffer(tar);
}

export async function tarGzOf(files: Files): Promise<Buffer> {
  return gzipSync(await tarOf(files));
}
