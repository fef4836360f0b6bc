import { createLogger } from '@modelyard/platform-observability';

export const silentLogger = createLogger({ service: 'registry', level: 'silent', format: 'json' });
