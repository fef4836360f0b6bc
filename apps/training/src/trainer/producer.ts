/** Who made the model files. */
export const PRODUCER = { name: 'modelyard', version: '0.1.0' };
