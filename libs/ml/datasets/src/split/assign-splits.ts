import { UnreadableData } from '@modelyard/contracts';
import type {
  ColumnRole,
  ColumnType,
  DatasetColumn,
  DatasetSplit,
  SplitMethod,
  SplitRequest,
} from '@modelyard/contracts';
import { checkFractions } from '@modelyard/ml-statistics';
import type { TableEngine } from '@modelyard/ml-tables';
import { SAMPLES } from '../build/names';
import { DEFAULT_SPLIT } from './default-split';
import { divideByGroup } from './divide-by-group';
import { divideByTime } from './divide-by-time';
import { keepGiven } from './keep-given';
import { stratify } from './stratify';

export interface SplitInput {
  /** Of a table. */
  columns: DatasetColumn[];
  request?: SplitRequest;
  /** How the samples were divided that others were added to. */
  previous?: Omit<DatasetSplit, 'counts'>;
}

const ORDERED: readonly ColumnType[] = ['numeric', 'integer', 'date'];

/**
 * Gives every new sample of the version its split; samples of the version before keep theirs.
 * @returns how it was done
 * @throws UnreadableData when it cannot be done so
 */
export async function assignSplits(
  engine: TableEngine,
  { columns, request = {}, previous }: SplitInput,
): Promise<Omit<DatasetSplit, 'counts'>> {
  const options = {
    seed: request.seed ?? previous?.seed ?? DEFAULT_SPLIT.seed,
    fractions: request.fractions ?? previous?.fractions ?? DEFAULT_SPLIT.fractions,
  };
  requireFractions(options.fractions);
  const { given } = await engine.row<{ given: boolean }>(
    `select count(*) > 0 as given from ${SAMPLES} where source is not null and split is not null`,
  );
  const method = request.method ?? previous?.method ?? (given ? 'given' : 'stratified');
  if (request.method === 'given' && !given) {
    throw new UnreadableData(
      'The split method is `given`, and the data do not say which samples are for what: they need a column `split`, or folders train, validation and test.',
    );
  }
  // What the files say is not asked for.
  if (request.method !== undefined && request.method !== 'given')
    await engine.run(`update ${SAMPLES} set split = null where source is not null`);
  const name = await divide(engine, method, {
    columns,
    given,
    options,
    column: request.column ?? previous?.column,
  });
  await requireTraining(engine, method);
  return { method, ...options, ...(name !== undefined && { column: name }) };
}

interface Division {
  columns: DatasetColumn[];
  given: boolean;
  options: Pick<DatasetSplit, 'seed' | 'fractions'>;
  column: string | undefined;
}

async function divide(
  engine: TableEngine,
  method: SplitMethod,
  { columns, given, options, column }: Division,
): Promise<string | undefined> {
  switch (method) {
    case 'given':
      await (given ? keepGiven(engine, options) : stratify(engine, options));
      return undefined;
    case 'stratified':
      await stratify(engine, options);
      return undefined;
    case 'grouped': {
      const found = deciding(columns, 'group', column);
      await divideByGroup(engine, found.expression, options);
      return found.name;
    }
    case 'time': {
      const found = deciding(columns, 'time', column);
      if (!ORDERED.includes(found.type)) {
        throw new UnreadableData(
          `The column ${found.name} orders the rows by time, and is ${found.type}: it must be a date or a number.`,
        );
      }
      await divideByTime(engine, found.expression, options);
      return found.name;
    }
  }
}

function deciding(
  columns: DatasetColumn[],
  role: ColumnRole,
  name: string | undefined,
): { name: string; type: ColumnType; expression: string } {
  const method = role === 'group' ? 'grouped' : 'time';
  if (columns.length === 0) {
    throw new UnreadableData(
      `Images have no column to divide them by: the split method cannot be \`${method}\`.`,
    );
  }
  const index = columns.findIndex((column) =>
    name === undefined ? column.role === role : column.name === name,
  );
  const column = columns[index];
  if (column === undefined) {
    throw new UnreadableData(
      name === undefined
        ? `The split method \`${method}\` needs a column: name one in \`split.column\`, or give one the role \`${role}\`.`
        : `There is no column ${name} to divide the rows by.`,
    );
  }
  return { name: column.name, type: column.type, expression: `c${index}` };
}

function requireFractions(fractions: DatasetSplit['fractions']): void {
  try {
    checkFractions(fractions);
  } catch (error) {
    throw error instanceof RangeError ? new UnreadableData(`${error.message}.`) : error;
  }
}

async function requireTraining(engine: TableEngine, method: SplitMethod): Promise<void> {
  const { rows } = await engine.row<{ rows: number }>(
    `select count(*) as rows from ${SAMPLES} where split = 'train'`,
  );
  if (rows > 0) return;
  throw new UnreadableData(`The split method \`${method}\` leaves no sample for training.`);
}
