// node tools/build/compile.mjs [project folder, default the working directory]
// Compiles the project: src/**/*.ts → dist/**/*.js (CommonJS, one file per file),
// and copies what is not code (SQL migrations, data files, protocol files) beside it.
import { swcDir } from '@swc/cli';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

if (process.argv[2] !== undefined) process.chdir(process.argv[2]);
rmSync('dist', { recursive: true, force: true });
swcDir({
  cliOptions: {
    outDir: 'dist',
    filenames: ['src'],
    extensions: ['.ts'],
    ignore: ['**/*.spec.ts', '**/*.int-spec.ts'],
    copyFiles: true,
    includeDotfiles: false,
    stripLeadingPaths: true,
    sync: false,
    watch: false,
    quiet: true,
    workers: undefined,
  },
  swcOptions: { configFile: fileURLToPath(new URL('../../.swcrc', import.meta.url)), swcrc: false },
  callbacks: {
    onSuccess: () => {},
    onFail: ({ reasons }) => {
      for (const [file, reason] of reasons ?? []) process.stderr.write(`${file}\n${reason}\n`);
      process.exitCode = 1;
    },
  },
});
