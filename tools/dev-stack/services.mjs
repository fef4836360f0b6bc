/** The services in the order in which they are started, and what each is told by its environment. */
export const SERVICES = [
  { name: 'registry', port: 8081 },
  { name: 'inference', port: 8082 },
  { name: 'training', port: 8083 },
  { name: 'gateway', port: 8080 },
];

/** V8 keeps its heap small: an idle service holds what it needs and not much more. */
const NODE_OPTIONS = '--max-semi-space-size=2';

/**
 * @param {string} name
 * @param {{ ports: Record<string, number>, databaseUrl: string, redisUrl: string, artifactStoreUrl: string, scratchFolder: string,
 *   adminKeyFile: string, internalTokenSecret: string }} stack
 * @returns {Record<string, string>} on top of the caller's own environment
 */
export function serviceEnvironment(name, stack) {
  const url = (service) => `http://127.0.0.1:${stack.ports[service]}`;
  const environment = {
    NODE_ENV: 'production',
    NODE_OPTIONS,
    HOST: '127.0.0.1',
    PORT: String(stack.ports[name]),
    LOG_FORMAT: process.env.LOG_FORMAT ?? 'json',
    INTERNAL_TOKEN_SECRET: stack.internalTokenSecret,
    REDIS_URL: stack.redisUrl,
    ARTIFACT_STORE_URL: stack.artifactStoreUrl,
    REGISTRY_URL: url('registry'),
    INFERENCE_URL: url('inference'),
    TRAINING_URL: url('training'),
  };
  if (name === 'registry') {
    environment.DATABASE_URL = stack.databaseUrl;
    environment.ADMIN_KEY_FILE = stack.adminKeyFile;
  }
  // Beside the data: the system's temporary folder is often small, or memory.
  if (name === 'training')
    environment.IMPORT_SCRATCH_FOLDER = process.env.IMPORT_SCRATCH_FOLDER ?? stack.scratchFolder;
  return environment;
}
