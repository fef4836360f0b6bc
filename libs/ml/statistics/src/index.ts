export { SeededGenerator } from './seeded-generator';
export { stratifiedSplit } from './stratified-split';
export { chanceLevel } from './distances/chance-level';
export { jensenShannonDistance } from './distances/jensen-shannon';
export { populationStability } from './distances/population-stability';
