export { checkContract } from './check/check-contract';
export type { ContractCheck } from './check/check-contract';
export { ContractError } from './contract-error';
export { deriveContract } from './derive-contract';
export { CONTRACT_JSON_SCHEMA, parseContract } from './parse-contract';
export type { PreviousVersion } from './rules/drift-limits';
export { quarantineRows } from './quarantine-rows';
