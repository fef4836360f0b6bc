import type { DatasetSchema, SplitName } from '@modelyard/contracts';
import type { Parameter, PlainValue, TableEngine } from '@modelyard/ml-tables';
import { AppError } from '@modelyard/platform-errors';
import { Injectable } from '@nestjs/common';
import { DatasetRepository } from '../../datasets/dataset.repository';
import { OpenVersions } from '../opening/open-versions';
import type { OpenedVersion } from '../opening/opened-version';
import { QUERY_MS } from '../opening/query-limits';
import type { NestedNumbers } from './nest';
import { nest } from './nest';

export interface SamplesWindow {
  split: SplitName;
  class?: string;
  /** Shuffles the samples first. */
  seed?: number;
  offset: number;
  limit: number;
}

export interface Sample {
  /** The row in the version. */
  index: number;
  label: string;
  /** Nested as the schema's shape: what a deployment's predict route takes as one input. */
  value: NestedNumbers;
}

export interface Samples {
  items: Sample[];
  total: number;
}

/** Numbers of an answer: 1,000 samples of 32 × 32 colour images, and a little more. */
const MOST_NUMBERS = 4_000_000;

@Injectable()
export class ReadSamples {
  constructor(
    private readonly datasets: DatasetRepository,
    private readonly versions: OpenVersions,
  ) {}

  /** @throws AppError NOT_FOUND, VALIDATION_FAILED for more numbers than fit an answer, DEADLINE_EXCEEDED, OVERLOADED */
  async execute(name: string, number: number | 'latest', window: SamplesWindow): Promise<Samples> {
    const version = await this.datasets.requireVersion(name, number);
    requireFewNumbers(version.schema, window.limit);
    return this.versions.use(version, (opened) =>
      opened.ask({ milliseconds: QUERY_MS }, (engine) => readSamples(engine, opened, window)),
    );
  }
}

async function readSamples(
  engine: TableEngine,
  { stored }: OpenedVersion,
  { split, class: label, seed, offset, limit }: SamplesWindow,
): Promise<Samples> {
  const { schema } = stored.manifest;
  const chosen = label === undefined ? 'split = $1' : 'split = $1 and label = $2';
  const parameters: Parameter[] = label === undefined ? [split] : [split, label];
  const order = seed === undefined ? '"row"' : `hash("row", ${seed}::bigint), "row"`;
  const features = schema.kind === 'table' ? numericColumns(schema) : [];
  const found = await engine.rows<Record<string, PlainValue> & { index: number; label: string }>(
    `select ${['"row" as index', 'label', ...features].join(', ')} from ${stored.samples}
     where ${chosen} order by ${order} limit ${limit} offset ${offset}`,
    parameters,
  );
  const { total } = await engine.row<{ total: number }>(
    `select count(*) as total from ${stored.samples} where ${chosen}`,
    parameters,
  );
  const pixels =
    schema.kind === 'image'
      ? await stored.pixels(
          engine,
          found.map(({ index }) => index),
        )
      : [];
  const items = found.map(({ index, label: of, ...values }, at) => ({
    index,
    label: of,
    value: nest(pixels[at] === undefined ? numbers(values, features.length) : [...pixels[at]], schema.shape),
  }));
  return { items, total };
}

/** The features that are numbers, in the order of the schema's `columns`. */
function numericColumns({ fields = [], columns = [] }: DatasetSchema): string[] {
  return columns.map((column, place) => {
    const index = fields.findIndex(({ name }) => name === column);
    return `c${index}::double as f${place}`;
  });
}

function numbers(values: Record<string, PlainValue>, width: number): (number | null)[] {
  return Array.from({ length: width }, (_, place) => {
    const value = values[`f${place}`];
    return typeof value === 'number' ? value : null;
  });
}

function requireFewNumbers({ shape }: DatasetSchema, limit: number): void {
  const size = shape.reduce((product, length) => product * length, 1);
  const most = Math.max(1, Math.floor(MOST_NUMBERS / Math.max(1, size)));
  if (limit <= most) return;
  const message = `must not be greater than ${most} for samples of ${shape.join(' × ')} values`;
  throw new AppError('VALIDATION_FAILED', `limit ${message}`, { fields: [{ path: 'limit', message }] });
}
