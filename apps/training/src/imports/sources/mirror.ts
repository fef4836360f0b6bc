import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UnreadableData } from '@modelyard/contracts';
import type { BlobReference } from '@modelyard/contracts';
import { hostAndPort } from '@modelyard/platform-egress';
import { assemble } from './assemble';
import { download } from './download';
import type { Fetching } from './fetching';
import { PieceWriter } from './piece-writer';
import type { PublishedFile } from './well-known';

/** What a mirror has of a file. */
export type Mirrored = BlobReference[] | undefined;

/** Fetches a file of a well-known dataset from the operator's mirror. @returns nothing where the mirror lacks it */
export async function fetchFromMirror(
  dataset: string,
  file: PublishedFile,
  path: string,
  fetching: Fetching,
): Promise<Mirrored> {
  const { mirror } = fetching.egress;
  if (mirror === undefined) return undefined;
  if (/^https?:/i.test(mirror)) {
    const url = new URL(`${mirror.replace(/\/+$/, '')}/${dataset}/${file.name}`);
    // The operator has named this host, wherever it is.
    const egress = { ...fetching.egress, allowedHosts: [...fetching.egress.allowedHosts, hostAndPort(url)] };
    const found = download({ url: url.href, sha256: file.sha256, path }, { ...fetching, egress });
    return found.catch((error: unknown) => {
      if (error instanceof UnreadableData) return undefined;
      throw error;
    });
  }
  const folder = /^file:/i.test(mirror) ? fileURLToPath(mirror) : mirror;
  return storeFile(join(folder, dataset, file.name), file, path, fetching);
}

async function storeFile(
  from: string,
  file: PublishedFile,
  path: string,
  fetching: Fetching,
): Promise<Mirrored> {
  const found = await stat(from).catch(() => undefined);
  if (found === undefined || !found.isFile()) return undefined;
  if (found.size !== file.size || (await sha256Of(from)) !== file.sha256) {
    throw new UnreadableData(
      `The mirror's ${file.name} is not the file that its publisher gives out: its SHA-256 is another. Replace it, or remove it from the mirror.`,
    );
  }
  const pieces: BlobReference[] = [];
  const writer = new PieceWriter(fetching.blobs, (piece) => pieces.push(piece));
  for await (const chunk of createReadStream(from, { highWaterMark: 1024 ** 2, signal: fetching.signal })) {
    await writer.write(chunk as Buffer);
  }
  await writer.flush();
  await assemble(fetching.blobs, pieces, path, fetching.signal);
  return pieces;
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 ** 2 }))
    hash.update(chunk as Buffer);
  return hash.digest('hex');
}
