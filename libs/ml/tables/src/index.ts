export { TableEngine } from './engine/table-engine';
export type { Parameter, TableEngineOptions } from './engine/table-engine';
export { toPlain } from './engine/plain-values';
export type { PlainValue } from './engine/plain-values';
export { TableError } from './table-error';
