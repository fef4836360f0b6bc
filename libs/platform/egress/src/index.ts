export { guardedFetch } from './guarded-fetch';
export type { GuardedFetchOptions, GuardedResponse } from './guarded-fetch';
export type { Resolver } from './guarded-connector';
export { isPublicAddress } from './public-address';
export { hostAndPort, parseSourceUrl } from './source-url';
export type { EgressRules } from './source-url';
