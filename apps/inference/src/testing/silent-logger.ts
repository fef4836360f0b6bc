import { createLogger } from '@modelyard/platform-observability';
import type { Logger } from '@modelyard/platform-observability';

export const silentLogger: Logger = createLogger({ service: 'inference', level: 'silent', format: 'json' });
