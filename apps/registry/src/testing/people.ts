import type { TableContent } from './table-version';

const COUNTRIES = ['DE', 'FR', "Côte d'Ivoire", null];

/** A small table with a column of every type, values missing, and names that SQL would trip over. */
export function people(rows = 120): TableContent {
  return {
    columns: [
      { name: 'age', type: 'integer' },
      { name: 'height, "m"', type: 'numeric' },
      { name: 'country', type: 'categorical' },
      { name: 'member', type: 'boolean' },
      { name: 'joined', type: 'date' },
      { name: 'note', type: 'text' },
      { name: 'grade', type: 'integer', role: 'target' },
    ],
    rows: Array.from({ length: rows }, (_, i) => [
      20 + (i % 50),
      i % 10 === 9 ? null : 1.5 + (i % 40) / 100,
      COUNTRIES[i % 4],
      i % 2 === 0,
      `2026-01-${String((i % 28) + 1).padStart(2, '0')} 10:00:00`,
      `person ${i}; drop table staged`,
      i % 3,
    ]),
  };
}
