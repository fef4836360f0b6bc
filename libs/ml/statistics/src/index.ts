export { SeededGenerator } from './seeded-generator';
export { stratifiedSplit } from './stratified-split';
