import { UnreadableData } from '@modelyard/contracts';
import type { TableEngine } from '@modelyard/ml-tables';
import { sortedClasses } from '../classes';
import { CLASSES, SAMPLES } from './names';

const MAX_CLASSES = 10_000;

/**
 * Finds the classes of the version's samples, and makes the table of their places.
 * @throws UnreadableData when there are so many that the column is no class
 */
export async function nameClasses(engine: TableEngine): Promise<string[]> {
  const found = await engine.rows<{ label: string }>(
    `select label from ${SAMPLES} group by label limit ${MAX_CLASSES + 1}`,
  );
  if (found.length > MAX_CLASSES) {
    throw new UnreadableData(
      `The target has more than ${MAX_CLASSES} different values: it is no class. Name the column that holds the class as \`target\`.`,
    );
  }
  const classes = sortedClasses(found.map(({ label }) => label));
  await placeClasses(engine, classes, CLASSES);
  return classes;
}

/** Makes a table of `name` and `place` (from 0). */
export async function placeClasses(engine: TableEngine, classes: string[], table: string): Promise<void> {
  await engine.run(`create or replace temp table ${table}(name varchar, place integer)`);
  const appender = await engine.appender(table);
  classes.forEach((name, place) => {
    appender.appendVarchar(name);
    appender.appendInteger(place);
    appender.endRow();
  });
  appender.closeSync();
}
