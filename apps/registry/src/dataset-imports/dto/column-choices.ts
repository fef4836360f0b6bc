import { COLUMN_ROLES, COLUMN_TYPES } from '@modelyard/contracts';
import { textProblem } from '../../naming/text';
import { CheckedBy } from './checked-by';

const MAX_COLUMNS = 2_000;
const CHOICES: Record<string, readonly string[]> = { type: COLUMN_TYPES, role: COLUMN_ROLES };

/** An object from columns' names to `{ type?, role? }`. */
export function ColumnChoices(): PropertyDecorator {
  return CheckedBy('columnChoices', problemOf);
}

function problemOf(value: unknown): string | undefined {
  if (!isObject(value)) return 'must be an object: { "<column>": { "type"?, "role"? } }';
  const columns = Object.entries(value);
  if (columns.length > MAX_COLUMNS) return `must name at most ${MAX_COLUMNS} columns`;
  for (const [name, choice] of columns) {
    const problem = textProblem(name, 1_000, 1) ?? choiceProblem(choice);
    if (problem !== undefined) return `of '${name.slice(0, 100)}' ${problem}`;
  }
  return undefined;
}

function choiceProblem(choice: unknown): string | undefined {
  if (!isObject(choice)) return 'must be an object with `type` or `role`';
  for (const [key, value] of Object.entries(choice)) {
    const allowed = CHOICES[key];
    if (allowed === undefined)
      return `must have nothing but \`type\` and \`role\`, not '${key.slice(0, 100)}'`;
    if (!allowed.some((one) => one === value)) return `must have a ${key} of ${allowed.join(', ')}`;
  }
  return undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
