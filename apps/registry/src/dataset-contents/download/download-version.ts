import type { DatasetVersion, SplitName } from '@modelyard/contracts';
import type { StoredVersion } from '@modelyard/ml-datasets';
import { AppError } from '@modelyard/platform-errors';
import { Injectable } from '@nestjs/common';
import { readRange } from '../../runs/read-range';
import { OpenVersions } from '../opening/open-versions';
import { selectRows } from '../rows/row-selection';
import type { Attachment } from './attachment';
import { DownloadImages } from './download-images';
import { DownloadOriginal } from './download-original';
import { ExportRows } from './export-rows';

export const DOWNLOAD_FORMATS = ['original', 'parquet', 'csv', 'jsonl', 'zip'] as const;
export type DownloadFormat = (typeof DOWNLOAD_FORMATS)[number];

export interface DownloadRequest {
  format?: DownloadFormat;
  filter?: string;
  split?: SplitName;
  /** The `Range` header. */
  range?: string;
  signal: AbortSignal;
}

/** What is sent: a whole, a part of a file, or that the part lies outside. */
export type Download =
  | { kind: 'whole' | 'part'; attachment: Attachment; contentRange?: string }
  | { kind: 'outside'; size: number };

@Injectable()
export class DownloadVersion {
  constructor(
    private readonly versions: OpenVersions,
    private readonly originals: DownloadOriginal,
    private readonly images: DownloadImages,
    private readonly rows: ExportRows,
  ) {}

  /**
   * A version as a file.
   * @throws AppError NOT_FOUND when the content was deleted or the original was not kept; VALIDATION_FAILED for a format
   *   or a filter that the version does not have; OVERLOADED, DEADLINE_EXCEEDED
   */
  async execute(version: DatasetVersion, request: DownloadRequest): Promise<Download> {
    const stored = await this.versions.stored(version);
    const format = request.format ?? defaultFormat(version, stored);
    requireWhole(format, request);
    if (format === 'original') return this.original(version, stored, request.range);
    if (format === 'zip') return whole(await this.picturesOf(version));
    const { signal } = request;
    const selection = selectRows(version.schema, request);
    return whole(await this.rows.execute(version, { selection, format, signal }));
  }

  private original(version: DatasetVersion, stored: StoredVersion, header: string | undefined): Download {
    const files = this.originals.files(version, stored);
    const [file] = files;
    if (file === undefined || files.length > 1) return whole(this.originals.all(version, files));
    const span = readRange(header, file.size);
    if (span === 'unsatisfiable') return { kind: 'outside', size: file.size };
    if (span === 'all') return whole(this.originals.one(file));
    const contentRange = `bytes ${span.start}-${span.end}/${file.size}`;
    return { kind: 'part', attachment: this.originals.one(file, span), contentRange };
  }

  private picturesOf(version: DatasetVersion): Promise<Attachment> {
    if (version.schema.kind === 'image') return this.images.execute(version);
    throw refused('format', `zip is for images; this is a table: ask for csv, jsonl or parquet`);
  }
}

function whole(attachment: Attachment): Download {
  return { kind: 'whole', attachment };
}

/** As it came in, or else in the form that loses nothing. */
function defaultFormat({ schema }: DatasetVersion, { manifest }: StoredVersion): DownloadFormat {
  if (manifest.original !== undefined) return 'original';
  return schema.kind === 'image' ? 'zip' : 'parquet';
}

function requireWhole(format: DownloadFormat, { filter, split }: DownloadRequest): void {
  if (format !== 'original' && format !== 'zip') return;
  const field = filter !== undefined ? 'filter' : split !== undefined ? 'split' : undefined;
  if (field === undefined) return;
  throw refused(field, `chooses rows of csv, jsonl and parquet; ${format} is the whole`);
}

function refused(path: string, message: string): AppError {
  return new AppError('VALIDATION_FAILED', `${path} ${message}`, { fields: [{ path, message }] });
}
