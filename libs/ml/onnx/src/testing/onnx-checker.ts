import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const ONNX_VERSION = '1.19.1';
const HOME = join(homedir(), '.cache', 'modelyard', 'onnx-checker', ONNX_VERSION);

/** Checks each file that it is given, and prints what is wrong with each as JSON; null stands for nothing. */
const SCRIPT = `
import json, sys, onnx
problems = {}
for path in sys.argv[1:]:
    try:
        onnx.checker.check_model(path, full_check=True)
        problems[path] = None
    except Exception as error:
        problems[path] = str(error)
print(json.dumps(problems))
`;

/**
 * Makes a Python environment with ONNX's own checker, once, in the user's cache.
 * @throws Error that says what to install, when there is no usable Python or PyPI is out of reach
 */
export function prepareOnnxChecker(): void {
  if (existsSync(HOME)) return;
  // Made beside its place and moved there when it is whole: a broken download is never used, nor one by two.
  const draft = `${HOME}.${process.pid}`;
  mkdirSync(dirname(HOME), { recursive: true });
  try {
    run(
      'python3',
      ['-m', 'venv', draft],
      'Python 3.9 to 3.13 with venv is needed (Debian: apt-get install python3-venv)',
    );
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', `onnx==${ONNX_VERSION}`];
    run(join(draft, 'bin', 'python'), pip, `pip could not install onnx==${ONNX_VERSION}`);
    if (!existsSync(HOME)) renameSync(draft, HOME);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** @returns what ONNX's checker, with full shape inference, says of each model; null when it is valid */
export function checkModels(models: ReadonlyMap<string, Buffer>): Map<string, string | null> {
  const folder = mkdtempSync(join(tmpdir(), 'onnx-models-'));
  try {
    const titles = [...models.keys()];
    const paths = titles.map((title, index) => {
      const path = join(folder, `${index}.onnx`);
      writeFileSync(path, models.get(title) ?? '');
      return path;
    });
    const output = run(join(HOME, 'bin', 'python'), ['-c', SCRIPT, ...paths], 'ONNX checker');
    const problems = JSON.parse(output) as Record<string, string | null>;
    return new Map(titles.map((title, index) => [title, problems[paths[index] ?? ''] ?? null]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(command: string, args: string[], need: string): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (status === 0) return stdout;
  throw new Error(`${need}: ${command} failed. ${error?.message ?? stderr}`);
}
