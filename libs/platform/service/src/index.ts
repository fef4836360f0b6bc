export { createApp } from './create-app';
export { discardRest } from './discard-rest';
export { main } from './main';
export type { RunningService, ServiceDefinition } from './service-definition';
export { Shutdown } from './shutdown';
export { startService } from './start-service';
export { StartupError } from './startup-error';
