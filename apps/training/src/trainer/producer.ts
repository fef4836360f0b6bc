import { version } from '../../package.json';

/** Who made the model files. */
export const PRODUCER = { name: 'modelyard', version };
