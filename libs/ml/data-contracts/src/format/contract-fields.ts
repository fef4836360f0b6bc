import { COLUMN_TYPES, CONTRACT_POLICIES, DATASET_KINDS } from '@modelyard/contracts';
import { flag, integer, list, number, object, oneOf, optional, required } from '@modelyard/ml-recipes';
import { named } from './named';
import { pattern } from './pattern';
import { bound, nameInData, plainValue } from './values';

const MOST_COLUMNS = 4096;
/** Of lists of values and of classes. */
export const MOST_VALUES = 10_000;
/** Of names of classes and columns, in characters. */
export const LONGEST_NAME = 4096;
const count = () => integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
const share = () => number({ min: 0, max: 1 });
const names = (max: number) => list(nameInData(LONGEST_NAME), { min: 1, max });
const psi = optional(number({ min: 0, max: 100, above: true }), 'Largest population stability index.');
const jensenShannon = optional(number({ min: 0, max: 1, above: true }), 'Largest Jensen–Shannon distance.');

const columnField = object({
  type: optional(oneOf(COLUMN_TYPES), 'The type that the column must have.'),
  required: optional(flag(), 'Whether the column must be there; it must, unless this is false.'),
  maximumNullShare: optional(share(), 'Largest share of rows without a value; 0 allows none.'),
  unique: optional(flag(), 'No value appears twice.'),
  minimum: optional(bound(), 'Smallest value.'),
  maximum: optional(bound(), 'Largest value.'),
  allowed: optional(list(plainValue(), { min: 1, max: MOST_VALUES }), 'The values that there may be.'),
  pattern: optional(pattern(), 'What the whole value must match.'),
  minimumLength: optional(count(), 'Fewest characters.'),
  maximumLength: optional(count(), 'Most characters.'),
  drift: optional(
    object({ maximumPsi: psi, maximumJensenShannon: jensenShannon }),
    'How far the column may be from the version before.',
  ),
});

const classField = object({
  allowed: optional(names(MOST_VALUES), 'The classes that there may be.'),
  required: optional(names(MOST_VALUES), 'The classes that there must be.'),
  minimumRows: optional(count(), 'Fewest rows of any class.'),
  minimumShare: optional(share(), 'Smallest share of any class.'),
  maximumShare: optional(share(), 'Largest share of any class.'),
});

/** Of a side of an image, in pixels. */
export const LONGEST_SIDE = 1_000_000;
const pixels = () => integer({ min: 1, max: LONGEST_SIDE });
const imageField = object({
  minimumWidth: optional(pixels(), 'In pixels, as the files have them.'),
  maximumWidth: optional(pixels(), 'In pixels, as the files have them.'),
  minimumHeight: optional(pixels(), 'In pixels, as the files have them.'),
  maximumHeight: optional(pixels(), 'In pixels, as the files have them.'),
  channels: optional(list(integer({ min: 1, max: 4 }), { min: 1, max: 4 }), 'Numbers of channels.'),
  formats: optional(list(nameInData(20), { min: 1, max: 20 }), 'Formats, such as png and jpeg.'),
});

/** What a contract looks like. What depends on more than one rule is in `coherence`. */
export const contractField = object({
  kind: required(oneOf(DATASET_KINDS), 'image or table.'),
  policy: required(oneOf(CONTRACT_POLICIES), 'What a violation leads to: reject, quarantine or warn.'),
  rows: optional(
    object({ minimum: optional(count(), 'Fewest rows.'), maximum: optional(count(), 'Most rows.') }),
    'How many rows there must be.',
  ),
  columns: optional(named(columnField, MOST_COLUMNS), 'Rules of columns, by name.'),
  closed: optional(flag(), 'Columns that no rule names are a violation.'),
  classes: optional(classField, 'Rules of the classes.'),
  image: optional(imageField, 'Rules of image files.'),
  duplicates: optional(
    object({ maximumShare: required(share(), 'Largest share of rows that repeat another; 0 allows none.') }),
    'Rows that are equal to another.',
  ),
  freshness: optional(
    object({
      column: required(nameInData(LONGEST_NAME), 'A column of dates.'),
      maximumAgeHours: required(
        number({ min: 0, max: 1_000_000, above: true }),
        'Age of the latest row, in hours.',
      ),
    }),
    'How old the latest row may be.',
  ),
  drift: optional(
    object({
      maximumPsi: psi,
      maximumJensenShannon: jensenShannon,
      columns: optional(names(MOST_COLUMNS), 'The columns that are compared; all, when absent.'),
      classes: optional(
        flag(),
        'Whether the shares of the classes are compared; they are, unless this is false.',
      ),
    }),
    'How far a version may be from the one before.',
  ),
});
