import { spawnSync } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from '../setup/paths.mjs';

/** The registry's own YAML parser: the one at the root belongs to other packages, and is older. */
const { parseAllDocuments } = createRequire(join(ROOT, 'apps/registry/package.json'))('yaml');

/** @param {string} text @returns {any[]} its documents, empty ones left out */
export const parseYaml = (text) =>
  parseAllDocuments(text)
    .map((document) => document.toJS())
    .filter((object) => object !== null);

/** The umbrella last: its dependencies carry their own. */
export const SERVICES = ['gateway', 'registry', 'inference', 'training'];
export const CHARTS = [...SERVICES, 'modelyard'];

/** Runs Helm in a copy of charts/, because resolving dependencies writes into it. */
export class Rendering {
  /** @param {string} helm @param {string} folder an empty one */
  constructor(helm, folder) {
    this.helm = helm;
    this.charts = join(folder, 'charts');
    const source = join(ROOT, 'charts');
    cpSync(source, this.charts, {
      recursive: true,
      filter: (path) => !/^[\\/][^\\/]+[\\/]charts([\\/]|$)/.test(path.slice(source.length)),
    });
    this.env = {
      ...process.env,
      HELM_CACHE_HOME: join(folder, 'cache'),
      HELM_CONFIG_HOME: join(folder, 'config'),
    };
  }

  /** @param {string[]} args @returns {{ ok: boolean, output: string, error: string }} */
  run(...args) {
    const { status, stdout, stderr, error } = spawnSync(this.helm, args, {
      cwd: this.charts,
      env: this.env,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
    if (error !== undefined) throw error;
    return { ok: status === 0, output: stdout, error: `${stdout}\n${stderr}` };
  }

  resolveDependencies() {
    for (const chart of CHARTS) {
      const { ok, error } = this.run('dependency', 'update', chart, '--skip-refresh');
      if (!ok) throw new Error(`helm dependency update ${chart}: ${error}`);
    }
  }

  /** @param {string} chart the values that its ci/ folder holds */
  static valuesOf(chart) {
    const file = join(chart, 'ci/default-values.yaml');
    return existsSync(join(ROOT, 'charts', file)) ? ['-f', file] : [];
  }

  /** @param {string} chart @param {string[]} args more of Helm's @returns {any[]} Kubernetes objects */
  objects(chart, ...args) {
    const { ok, output, error } = this.run(
      ...['template', 'test', chart, '--namespace', 'modelyard', ...Rendering.valuesOf(chart), ...args],
    );
    if (!ok) throw new Error(error);
    return parseYaml(output);
  }
}
