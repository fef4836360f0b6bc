export { ServiceClient } from './service-client';
export type { Retry, ServiceClientOptions, ServiceRequest, ServiceResponse } from './types';
