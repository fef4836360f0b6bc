import { Readable } from 'node:stream';
import type { DatasetVersion } from '@modelyard/contracts';
import type { ZipEntry } from '@modelyard/ml-datasets';
import { encodePng } from '@modelyard/ml-images';
import type { OpenVersions } from '../opening/open-versions';
import { QUERY_MS } from '../opening/query-limits';
import { inOrder } from './in-order';

/** Pixels that are read at a time. */
const BATCH_BYTES = 8 * 1024 * 1024;
const MOST_ROWS = 512;
/** Pictures that are encoded while the one before them is sent. */
const AHEAD = 8;

interface Picture {
  row: number;
  label: string;
  split: string;
  pixels: Buffer;
}

/** The images of a version as `split/class/row.png`, in the order of their rows, with the stored values. */
export async function* imageEntries(
  versions: OpenVersions,
  version: DatasetVersion,
): AsyncGenerator<ZipEntry> {
  const [height = 1, width = 1, channels = 1] = version.schema.shape;
  const digits = String(Math.max(0, version.rows - 1)).length;
  let after = -1;
  for (;;) {
    const pictures = await readPictures(versions, version, after, height * width * channels);
    const encoded = inOrder(pictures, AHEAD, ({ pixels }) =>
      encodePng(pixels, { width, height, channels: channels === 3 ? 3 : 1 }),
    );
    for await (const [{ row, label, split }, png] of encoded) {
      yield {
        name: `${split}/${folderName(label)}/${String(row).padStart(digits, '0')}.png`,
        open: () => Readable.from([png]),
      };
    }
    const last = pictures.at(-1);
    if (last === undefined) return;
    after = last.row;
  }
}

function readPictures(
  versions: OpenVersions,
  version: DatasetVersion,
  after: number,
  bytes: number,
): Promise<Picture[]> {
  const limit = Math.max(1, Math.min(MOST_ROWS, Math.floor(BATCH_BYTES / bytes)));
  return versions.lend(version, (opened) =>
    opened.ask({ milliseconds: QUERY_MS }, async (engine) => {
      const rows = await engine.rows<{ row: number; label: string; split: string }>(
        `select "row", label, split from ${opened.stored.samples}
         where "row" > $1::bigint order by "row" limit ${limit}`,
        [String(after)],
      );
      const pixels = await opened.stored.pixels(
        engine,
        rows.map(({ row }) => row),
      );
      return rows.map((row, index) => ({ ...row, pixels: pixels[index] as Buffer }));
    }),
  );
}

/** A class as the name of a folder: what means something in a path is written as in a URL. */
export function folderName(label: string): string {
  // eslint-disable-next-line no-control-regex -- they mean something to some file systems
  const safe = label.replace(/[%/\\:*?"<>|\u0000-\u001f\u007f]/g, percent);
  return /^\.+$|^$|^\s|[\s.]$/.test(safe) ? `%${safe}%` : safe;
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`;
}
