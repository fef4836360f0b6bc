import type { DatasetSchema, DatasetVersion } from '@modelyard/contracts';
import { encodePng } from '@modelyard/ml-images';
import { AppError } from '@modelyard/platform-errors';
import { Injectable } from '@nestjs/common';
import { notFound } from '../../naming/not-found';
import { OpenVersions } from '../opening/open-versions';
import { QUERY_MS } from '../opening/query-limits';

/** The pictures of image versions. */
@Injectable()
export class ReadImage {
  constructor(private readonly versions: OpenVersions) {}

  /**
   * @param size pixels of the longer side; as it is stored when absent
   * @returns a PNG file
   * @throws AppError NOT_FOUND when there is no such row, or rows have no pictures; DEADLINE_EXCEEDED, OVERLOADED
   */
  async execute(version: DatasetVersion, row: number, size?: number): Promise<Buffer> {
    const { dataset, schema, rows } = version;
    if (schema.kind !== 'image') throw withoutPictures(version);
    if (row >= rows) throw notFound(`row ${row} of version ${version.version} of dataset '${dataset}'`);
    const pixels = await this.versions.use(version, (opened) =>
      opened.ask({ milliseconds: QUERY_MS }, (engine) => opened.stored.pixels(engine, [row])),
    );
    return toPng(pixels[0] as Buffer, schema, size);
  }
}

/** A PNG file of one stored image. Values that end below 255 are spread, so that there is something to see. */
export function toPng(pixels: Uint8Array, { shape, maximum }: DatasetSchema, size?: number): Promise<Buffer> {
  const [height = 1, width = 1, channels = 1] = shape;
  const visible =
    maximum > 0 && maximum < 255 ? pixels.map((value) => Math.round((value * 255) / maximum)) : pixels;
  return encodePng(visible, {
    width,
    height,
    channels: channels === 3 ? 3 : 1,
    ...(size === undefined ? {} : { scale: size / Math.max(width, height) }),
  });
}

function withoutPictures({ dataset }: DatasetVersion): AppError {
  return new AppError('NOT_FOUND', `Dataset '${dataset}' holds a table: its rows have no pictures.`);
}
