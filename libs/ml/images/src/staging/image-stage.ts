import { UnreadableData } from '@modelyard/contracts';
import type { DataProblem } from '@modelyard/contracts';
import type { TableEngine } from '@modelyard/ml-tables';
import { packRows, unpackRows } from './checkpoint';
import type { FinishedPart, PartRows } from './checkpoint';
import { addCounts, countPixels, emptyCounts } from './pixel-tally';
import type { PixelCounts } from './pixel-tally';
import { sampleDigest } from './sample-digest';
import { PART_BYTES } from './stage-options';
import type { StageImagesOptions, StagingHooks } from './stage-options';
import type { RejectedImage, StagedRow, StagedSample } from './staged-sample';
import { StagingTable } from './staging-table';
import type { ImageSurvey } from '../survey/survey-images';

const SHOWN_PROBLEMS = 100;

/**
 * Where decoded images go: their pixels into parts, their rows into `staged`. While a part is being stored the next one
 * is filled; two parts are in memory, no more.
 */
export class ImageStage {
  readonly finished: FinishedPart[] = [];
  readonly problems: DataProblem[] = [];
  readonly counts: PixelCounts;
  rows = 0;
  rejected = 0;

  private readonly sampleBytes: number;
  private readonly capacity: number;
  private pixels: Buffer;
  private partRows: StagedRow[] = [];
  private partRejects: RejectedImage[] = [];
  private storing: Promise<void> = Promise.resolve();

  private constructor(
    private readonly table: StagingTable,
    readonly shape: [number, number, number],
    private readonly options: StageImagesOptions,
    private readonly hooks: StagingHooks,
    private readonly survey: ImageSurvey | undefined,
  ) {
    this.sampleBytes = shape[0] * shape[1] * shape[2];
    this.capacity = Math.max(1, Math.floor((options.partBytes ?? PART_BYTES) / this.sampleBytes));
    this.pixels = Buffer.allocUnsafe(this.capacity * this.sampleBytes);
    this.counts = emptyCounts(shape[2]);
  }

  /** Empty, or with what the checkpoint says was stored before. */
  static async open(
    engine: TableEngine,
    shape: [number, number, number],
    options: StageImagesOptions,
    hooks: StagingHooks,
    survey?: ImageSurvey,
  ): Promise<ImageStage> {
    const stage = new ImageStage(await StagingTable.create(engine), shape, options, hooks, survey);
    for (const part of options.checkpoint?.parts ?? []) {
      if (hooks.readPart === undefined) throw new Error('Going on from a checkpoint takes `readPart`.');
      stage.take(part, unpackRows(await hooks.readPart(part.rows)));
    }
    return stage;
  }

  /** Files or records that need not be read again. */
  get read(): number {
    return this.finished.at(-1)?.read ?? 0;
  }

  /**
   * @param pixels as many bytes as the shape has; they are copied
   * @param read how many files or records were read, this one included
   */
  async add(sample: StagedSample, pixels: Uint8Array, read: number): Promise<void> {
    if (this.isRefused()) return;
    this.pixels.set(pixels, this.partRows.length * this.sampleBytes);
    this.partRows.push({ ...sample, digest: sampleDigest(sample.label, pixels) });
    if (this.partRows.length === this.capacity) await this.flush(read);
  }

  /** @throws UnreadableData when so many are bad that the rest need not be looked at */
  reject(image: RejectedImage): void {
    this.note(image);
    this.partRejects.push(image);
    if (this.isRefused() && this.rejected >= SHOWN_PROBLEMS) this.refuse();
  }

  /** Stores what is left. @throws UnreadableData when a bad image is not to be left out, or no good one is there */
  async finish(read: number): Promise<void> {
    if (this.isRefused()) this.refuse();
    if (this.partRows.length > 0 || this.partRejects.length > 0) await this.flush(read);
    await this.storing;
    if (this.rows === 0)
      throw new UnreadableData('None of the images can be read.', this.problems, this.rejected);
  }

  async close(): Promise<void> {
    await Promise.allSettled([this.storing]);
    this.table.close();
  }

  private async flush(read: number): Promise<void> {
    await this.storing;
    const rows = this.partRows;
    const pixels = this.pixels.subarray(0, rows.length * this.sampleBytes);
    const labels = rows.map(({ label }) => label);
    const content = { rows, rejected: this.partRejects, counts: countPixels(pixels, labels, this.shape[2]) };
    this.pixels = Buffer.allocUnsafe(this.capacity * this.sampleBytes);
    this.partRows = [];
    this.partRejects = [];
    this.storing = this.store(pixels, content, read);
    this.storing.catch(() => undefined); // whoever waits for it next throws it
  }

  private async store(pixels: Buffer, content: PartRows, read: number): Promise<void> {
    const { hooks } = this;
    const part = { ...(await hooks.storePart(pixels)), rows: content.rows.length };
    if (hooks.onCheckpoint === undefined) return this.take({ part, rows: part, read }, content, true);
    const rows = await hooks.storePart(packRows(content));
    this.take({ part, rows, read }, content, true);
    await hooks.onCheckpoint({
      format: 'modelyard-image-staging/1',
      parts: [...this.finished],
      ...(this.survey === undefined ? {} : { survey: this.survey }),
    });
  }

  /** @param noted whether its rejects are in the problems already */
  private take(part: FinishedPart, content: PartRows, noted = false): void {
    this.table.append(this.finished.length, content.rows, content.rejected);
    this.finished.push(part);
    this.rows += content.rows.length;
    addCounts(this.counts, content.counts);
    if (!noted) for (const image of content.rejected) this.note(image);
  }

  private note({ name, reason }: RejectedImage): void {
    this.rejected++;
    if (this.problems.length < SHOWN_PROBLEMS) this.problems.push({ file: name, message: reason });
  }

  private isRefused(): boolean {
    return this.rejected > 0 && (this.options.badRows ?? 'reject') === 'reject';
  }

  private refuse(): never {
    const what = this.rejected === 1 ? 'One image' : `${String(this.rejected)} images`;
    throw new UnreadableData(
      `${what} cannot be read. Mend or remove them, or import with badRows "quarantine" or "warn".`,
      this.problems,
      this.rejected,
    );
  }
}
