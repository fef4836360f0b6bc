import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { addonPath } from './addon.mjs';
import { lastLine, runCommand } from './run-command.mjs';

/**
 * The package's own way: libtensorflow and a prebuilt addon from its vendor's storage. The only one on macOS and
 * Windows, and the second choice on Linux, because its libtensorflow is years older.
 * @throws Error when it did not bring an addon
 */
export async function setUpFromPackage({ packageDir, gpu, say }) {
  say("trying the download of TensorFlow.js's own installer");
  const bin = join(packageDir, '..', '..', '.bin');
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` };
  const script = [join('scripts', 'install.js'), gpu ? 'gpu' : 'cpu', 'download'];
  const manifest = join(packageDir, 'package.json');
  const before = readFileSync(manifest);
  const { output } = await runCommand(process.execPath, script, { cwd: packageDir, env, timeoutMs: 600_000 });
  writeFileSync(manifest, before); // the installer edits it while it works, and forgets to put it back when it fails
  // The installer ends with status 0 after many of its failures: only the addon's presence tells.
  if (!existsSync(addonPath(packageDir))) {
    const error = output.split('\n').find((line) => /error/i.test(line));
    throw new Error(`TensorFlow.js's own installer: ${(error ?? lastLine(output)).trim()}`);
  }
}
