import { createLogger } from '@modelyard/platform-observability';

export const silentLogger = createLogger({ service: 'training', level: 'silent', format: 'json' });
