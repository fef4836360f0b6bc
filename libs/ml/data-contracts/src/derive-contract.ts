import type {
  ClassRule,
  ColumnRule,
  ColumnStatistics,
  DataContract,
  DatasetSchema,
  DatasetStatistics,
  ImageRule,
} from '@modelyard/contracts';
import { LONGEST_NAME, LONGEST_SIDE, MOST_VALUES } from './format/contract-fields';

/** So few values in so many rows are taken for all that there are. */
const MOST_ALLOWED = 50;
const ROWS_PER_VALUE = 20;
const PSI = 0.25;

/**
 * A contract that the version keeps, to be edited: a first guess at what every later version must be like.
 *
 * Types, required columns and classes as they are; no missing values where there are none, up to twice the share where
 * there are some; numbers within the range seen, widened by its length on either side (not below 0 where nothing is);
 * the values of categories where they are few and frequent; half the rows and half the smallest class's share at least;
 * PSI up to 0.25. The policy is `warn`, so that a guess keeps nobody from importing.
 */
export function deriveContract(schema: DatasetSchema, statistics: DatasetStatistics): DataContract {
  return {
    kind: schema.kind,
    policy: 'warn',
    rows: { minimum: Math.ceil(statistics.rows / 2) },
    ...(schema.kind === 'table' && { columns: columnRules(schema, statistics) }),
    classes: classRule(schema, statistics),
    ...(statistics.images && { image: imageRule(statistics.images) }),
    drift: { maximumPsi: PSI },
  };
}

function columnRules(schema: DatasetSchema, statistics: DatasetStatistics): Record<string, ColumnRule> {
  const known = new Map(statistics.columns?.map((column) => [column.name, column]));
  return Object.fromEntries(
    (schema.fields ?? []).map(({ name, type, role }) => {
      const column = known.get(name);
      const seen = column === undefined ? {} : valueRules(column, statistics.rows, role === 'target');
      return [name, { type, required: true, ...seen }];
    }),
  );
}

function valueRules(column: ColumnStatistics, rows: number, isTarget: boolean): ColumnRule {
  const rule: ColumnRule = { maximumNullShare: Math.min(1, round(column.missingShare * 2)) };
  if (rows === 0 || isTarget) return rule;
  const present = rows - column.missing;
  if (column.numeric) {
    const { minimum, maximum } = column.numeric;
    const length = maximum - minimum;
    const low = minimum >= 0 ? Math.max(0, minimum - length) : minimum - length;
    const limits = [low, maximum + length].map((limit) =>
      column.type === 'integer' ? Math.round(limit) : round(limit),
    );
    if (limits.every(Number.isFinite)) {
      // Rounding must not put the values seen outside.
      rule.minimum = Math.min(minimum, limits[0] as number);
      rule.maximum = Math.max(maximum, limits[1] as number);
    }
  }
  const few = column.distinctExact && column.distinct > 0 && column.distinct <= MOST_ALLOWED;
  const whole = column.top?.length === column.distinct;
  if (column.type === 'categorical' && few && whole && present >= column.distinct * ROWS_PER_VALUE) {
    rule.allowed = (column.top ?? []).map(({ value }) => value).sort();
  }
  return rule;
}

function classRule(schema: DatasetSchema, statistics: DatasetStatistics): ClassRule {
  const { classes } = schema;
  const found = statistics.classes.filter(({ rows }) => rows > 0);
  const smallest = found.reduce((least, { share }) => Math.min(least, share), found.length === 0 ? 0 : 1);
  // More or longer names than a contract can hold are no list that anyone would keep.
  const listable =
    classes.length > 0 &&
    classes.length <= MOST_VALUES &&
    classes.every((name) => name.length <= LONGEST_NAME);
  const names = new Set(found.map(({ name }) => name));
  const required = classes.filter((name) => names.has(name));
  return {
    ...(listable && { allowed: [...classes] }),
    ...(listable && required.length > 0 && { required }),
    minimumShare: Math.floor((smallest / 2) * 1e6) / 1e6,
  };
}

function imageRule(images: NonNullable<DatasetStatistics['images']>): ImageRule {
  const channels = Object.keys(images.channels).map(Number).filter(Number.isInteger);
  const formats = Object.keys(images.formats);
  return {
    minimumWidth: Math.max(1, Math.floor(images.widths.minimum / 2)),
    maximumWidth: Math.min(LONGEST_SIDE, Math.ceil(images.widths.maximum * 2)),
    minimumHeight: Math.max(1, Math.floor(images.heights.minimum / 2)),
    maximumHeight: Math.min(LONGEST_SIDE, Math.ceil(images.heights.maximum * 2)),
    ...(channels.length > 0 && { channels }),
    ...(formats.length > 0 && { formats }),
  };
}

/** Six digits are enough for people to read and edit. */
function round(value: number): number {
  return Number(value.toPrecision(6));
}
