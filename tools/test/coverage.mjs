import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ROOT } from '../setup/paths.mjs';

/** The share of lines that unit and integration tests together must run. */
export const LINE_COVERAGE_MINIMUM = 85;

/**
 * Merges the coverage of all projects' unit and integration tests, and writes coverage/ (HTML and lcov).
 * @returns {Promise<{ percent: number, lines: number, projects: { name: string, percent: number, lines: number }[] }>}
 */
export async function mergeCoverage() {
  const { default: coverage } = await import('istanbul-lib-coverage');
  const { default: report } = await import('istanbul-lib-report');
  const { default: reports } = await import('istanbul-reports');
  const map = coverage.createCoverageMap({});
  for (const target of ['test', 'int-test']) {
    const folder = join(ROOT, 'reports', target);
    if (!existsSync(folder)) continue;
    for (const project of readdirSync(folder)) {
      const file = join(folder, project, 'coverage-final.json');
      if (existsSync(file)) map.merge(relocate(JSON.parse(readFileSync(file, 'utf8'))));
    }
  }
  const context = report.createContext({ dir: join(ROOT, 'coverage'), coverageMap: map });
  for (const kind of ['html', 'lcovonly', 'json-summary']) reports.create(kind).execute(context);

  const byProject = new Map();
  const total = { covered: 0, total: 0 };
  for (const file of map.files()) {
    const { lines } = map.fileCoverageFor(file).toSummary().data;
    const name = relative(ROOT, file).split('/src/')[0];
    const sum = byProject.get(name) ?? { covered: 0, total: 0 };
    for (const s of [sum, total]) {
      s.covered += lines.covered;
      s.total += lines.total;
    }
    byProject.set(name, sum);
  }
  const percent = ({ covered, total: of }) => (of === 0 ? 100 : (100 * covered) / of);
  return {
    percent: percent(total),
    lines: total.total,
    projects: [...byProject].sort().map(([name, sum]) => ({ name, percent: percent(sum), lines: sum.total })),
  };
}

/** Cached results may have been written in another checkout: file names are taken from their `apps/` or `libs/` part on. */
function relocate(data) {
  return Object.fromEntries(
    Object.values(data).map((file) => {
      const path = join(ROOT, /(?:^|\/)((?:apps|libs)\/.*)$/.exec(file.path)?.[1] ?? file.path);
      return [path, { ...file, path }];
    }),
  );
}
