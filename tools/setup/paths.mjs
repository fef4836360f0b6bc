import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root folder. */
export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** Nx's command line, to be run with Node. */
export const NX = join(ROOT, 'node_modules/nx/dist/bin/nx.js');
