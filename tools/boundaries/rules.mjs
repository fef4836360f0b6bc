// Who may import whom: the one-way dependencies of docs/ARCHITECTURE.md as lint errors.

/** Options of `@nx/enforce-module-boundaries`: by the `type:*`, `scope:*` and `runtime:*` tags of each project.json. */
export const boundaries = {
  enforceBuildableLibDependency: false,
  allow: [],
  depConstraints: [
    { sourceTag: 'type:contract', onlyDependOnLibsWithTags: ['type:contract'] },
    { sourceTag: 'type:ml', onlyDependOnLibsWithTags: ['type:ml', 'type:contract'] },
    { sourceTag: 'type:platform', onlyDependOnLibsWithTags: ['type:platform', 'type:contract'] },
    { sourceTag: 'type:app', onlyDependOnLibsWithTags: ['type:platform', 'type:ml', 'type:contract'] },
    { sourceTag: 'type:e2e', onlyDependOnLibsWithTags: ['type:platform', 'type:ml', 'type:contract'] },
    {
      sourceTag: 'type:tool',
      onlyDependOnLibsWithTags: ['type:tool', 'type:platform', 'type:ml', 'type:contract'],
    },
    { sourceTag: 'runtime:any', onlyDependOnLibsWithTags: ['runtime:any'] },
    {
      sourceTag: 'type:ml',
      bannedExternalImports: ['@nestjs/*', 'bullmq', 'ioredis', 'pg', 'drizzle-orm', 'fastify', 'undici'],
    },
    {
      sourceTag: 'type:contract',
      bannedExternalImports: ['*'],
    },
  ],
};

/** Packages that one place alone may import, and where that is. */
const HOMES = [
  { packages: ['bullmq'], homes: ['libs/platform/queue'] },
  { packages: ['pg'], homes: ['libs/platform/database', 'libs/platform/testing'] },
  { packages: ['drizzle-orm/node-postgres'], homes: ['libs/platform/database'] },
  { packages: ['@aws-sdk/client-s3', '@aws-sdk/lib-storage'], homes: ['libs/platform/blobs'] },
  {
    packages: [
      '@tensorflow/tfjs',
      '@tensorflow/tfjs-core',
      '@tensorflow/tfjs-node-gpu',
      '@tensorflow/tfjs-backend-wasm',
    ],
    homes: ['libs/ml/networks'],
  },
  { packages: ['@duckdb/node-api'], homes: ['libs/ml/tables'] },
  { packages: ['yauzl', 'tar-stream'], homes: ['libs/ml/archives'] },
  { packages: ['onnxruntime-node'], homes: ['apps/inference', 'apps/training/src/parity'] },
  // After onnxruntime-node: of two homes that hold a file, the later one counts.
  { packages: ['sharp'], homes: ['libs/ml/images', 'apps/inference/src/input'] },
];

/** All places that some restricted package belongs to. */
export const homes = [...new Set(HOMES.flatMap(({ homes }) => homes))];

/**
 * Options of `no-restricted-imports` for files of one place.
 * @param {string} [home] the folder whose own packages are allowed
 */
export function restrictedImports(home) {
  return {
    paths: HOMES.filter(({ homes }) => home === undefined || !homes.includes(home)).flatMap(
      ({ packages, homes }) =>
        packages.map((name) => ({ name, message: `Only ${homes.join(' and ')} may import ${name}.` })),
    ),
  };
}
