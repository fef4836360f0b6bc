import { UnreadableData } from '@modelyard/contracts';
import type { ColumnType, DataProblem, DatasetColumn, DatasetManifest } from '@modelyard/contracts';
import type { TableEngine } from '@modelyard/ml-tables';
import type { VersionToBuild } from './version-to-build';

const SQL_TYPES: Record<ColumnType, string> = {
  numeric: 'double',
  integer: 'bigint',
  categorical: 'varchar',
  boolean: 'boolean',
  date: 'timestamp',
  text: 'varchar',
  image: 'blob',
};
const TEXTS: ColumnType[] = ['categorical', 'text'];

/**
 * Brings staged samples into the form of the version that they are added to: the same columns in the same order and of the
 * same types, or images of the same shape.
 * @returns what is staged now
 * @throws UnreadableData when they do not fit, with each column that does not
 */
export async function matchParent(
  engine: TableEngine,
  input: VersionToBuild,
  { schema }: DatasetManifest,
): Promise<VersionToBuild> {
  if (input.kind !== schema.kind) {
    throw new UnreadableData(
      `The samples are ${input.kind === 'image' ? 'images' : 'rows of a table'}, and the version that they are added to holds ${schema.kind === 'image' ? 'images' : 'a table'}.`,
    );
  }
  if (input.kind === 'image') {
    const [had, came] = [schema.shape.join(' × '), input.staged.shape.join(' × ')];
    if (had !== came)
      throw new UnreadableData(
        `The images are ${came}, and those of the version are ${had} (height × width × channels).`,
      );
    return { ...input, staged: { ...input.staged, target: schema.target, maximum: schema.maximum } };
  }
  const fields = schema.fields ?? [];
  const problems = problemsOf(input.staged.columns, fields, schema.target);
  if (problems.length > 0)
    throw new UnreadableData('The table does not fit the version that it is added to.', problems);
  const picked = fields.map(({ name, type }, index) => {
    const from = input.staged.columns.findIndex((column) => column.name === name);
    return name === schema.target ? `c${from} as c${index}` : `c${from}::${SQL_TYPES[type]} as c${index}`;
  });
  const target = input.staged.columns.find(({ name }) => name === schema.target) as DatasetColumn;
  await engine.run(
    `create or replace table staged as select "row", split, ${picked.join(', ')} from staged order by "row"`,
  );
  const columns = fields.map((field) => ({
    ...field,
    type: field.name === schema.target ? target.type : field.type,
    nullable:
      field.nullable || input.staged.columns.some(({ name, nullable }) => name === field.name && nullable),
  }));
  return { ...input, staged: { columns, target: schema.target } };
}

function problemsOf(came: DatasetColumn[], fields: DatasetColumn[], target: string): DataProblem[] {
  const missing = fields.filter(({ name }) => !came.some((column) => column.name === name));
  const problems = missing.map(({ name }): DataProblem => ({ column: name, message: 'is missing' }));
  for (const { name, type } of came) {
    const field = fields.find((one) => one.name === name);
    if (field === undefined) problems.push({ column: name, message: 'is not in the version' });
    else if (name !== target && !suits(type, field.type)) {
      problems.push({
        column: name,
        message: `is ${type}, and ${field.type} in the version; give it that type with \`columns\``,
      });
    }
  }
  return problems;
}

function suits(came: ColumnType, wanted: ColumnType): boolean {
  if (came === wanted || (TEXTS.includes(came) && TEXTS.includes(wanted))) return true;
  // What was text by its looks may have lost digits when it was read as a number, so only this way.
  return wanted === 'numeric' && came === 'integer';
}
