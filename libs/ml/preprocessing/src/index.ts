export { applyPreprocessing } from './apply-preprocessing';
export { fitPreprocessing } from './fit-preprocessing';
export { parsePreprocessing, serializePreprocessing } from './serialized';
