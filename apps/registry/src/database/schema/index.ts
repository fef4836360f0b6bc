export * from './access';
export * from './datasets';
export * from './deployments';
export * from './experiments';
export * from './idempotency';
export * from './models';
export * from './runs';
export * from './training-jobs';
