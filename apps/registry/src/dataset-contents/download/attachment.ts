import type { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';

/** A file on its way to whoever asked for it. */
export interface Attachment {
  name: string;
  mediaType: string;
  stream: Readable;
  /** Bytes, where they are known before the end. */
  size?: number;
}

export const MEDIA_TYPES = {
  csv: 'text/csv; charset=utf-8',
  jsonl: 'application/jsonl',
  parquet: 'application/vnd.apache.parquet',
  zip: 'application/zip',
};

/** The answer that a browser keeps as a file and never shows: its content is somebody's. */
export function toStreamableFile({ name, mediaType, stream, size }: Attachment): StreamableFile {
  return new StreamableFile(stream, {
    type: mediaType,
    disposition: `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    ...(size === undefined ? {} : { length: size }),
  });
}
