/** The table in which a version's index comes to be: the index's columns, and `source`, a new sample's number in `staged`. */
export const SAMPLES = 'version_samples';
/** The classes with their places in the schema: `name`, `place` (from 0). */
export const CLASSES = 'version_classes';
/** Staged rows of a table with their `place`. */
export const STAGED_ROWS = 'version_staged';
/** All rows of a table's version: `row`, `c0` … with the class in the target's place. */
export const VALUES = 'version_values';
export const INDEX_COLUMNS = ['"row"', 'part', 'pos', 'label', 'split', 'digest', 'content'];
/** What the index of images holds besides. */
export const IMAGE_COLUMNS = ['name', 'width', 'height', 'channels', 'format'];
