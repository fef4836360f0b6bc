/** The table in which a version's index comes to be. */
export const SAMPLES = 'version_samples';
/** The classes with their places in the schema: `name`, `place` (from 0). */
export const CLASSES = 'version_classes';
/** `row`, `part`, `pos`, `label`, `split`, `digest`, `content`. */
export const INDEX_COLUMNS = ['row', 'part', 'pos', 'label', 'split', 'digest', 'content'];
/** What the index of images holds besides. */
export const IMAGE_COLUMNS = ['name', 'width', 'height', 'channels', 'format'];
