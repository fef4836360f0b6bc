import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import type { FastifyInstance } from 'fastify';

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
};

/** Some files of an npm package, by the names that they have there. */
export interface PackageFiles {
  /** Where the package's manifest is, as `require.resolve` finds it. */
  manifest: string;
  folder: string;
  /** No others are served, whatever the path. */
  names: readonly string[];
}

/** Serves each file at `<prefix><name>`; browsers keep it until the package is another version. */
export async function servePackageFiles(
  instance: FastifyInstance,
  prefix: string,
  files: PackageFiles,
): Promise<void> {
  const { version } = JSON.parse(await readFile(files.manifest, 'utf8')) as { version: string };
  const etag = `"${version}"`;
  for (const name of files.names) {
    const path = join(dirname(files.manifest), files.folder, name);
    instance.get(prefix + name, (request, reply) => {
      void reply.headers({ etag, 'cache-control': 'public, max-age=3600' });
      if (request.headers['if-none-match'] === etag) return reply.status(304).send();
      return reply.type(TYPES[extname(name)] ?? 'application/octet-stream').send(createReadStream(path));
    });
  }
}
