import type { SplitName } from '@modelyard/contracts';
import { SPLIT_NAMES } from '@modelyard/contracts';
import { textProblem } from '../../naming/text';
import { formError } from './form-error';
import { labelFromPath } from './label-from-path';

/** Fields that are plain text; whatever else a body has comes in `options`, as JSON. */
const TEXTS = ['name', 'description', 'format', 'target', 'badRows', 'builtIn'];
const OBJECTS = ['source', 'append', 'columns', 'csv', 'image', 'origin', 'contract'];

export interface FormFile {
  id: string;
  name: string;
  label?: string;
  split?: SplitName;
}

/** What the fields of a form say, in the order in which they come. */
export class FormFields {
  private body: Record<string, unknown> = {};
  private label: string | undefined;
  private split: SplitName | undefined;
  private labels: Record<string, unknown> = {};

  /** @throws AppError VALIDATION_FAILED for fields that are not known, or that cannot be read */
  add(name: string, value: string): void {
    if (name === 'label') this.label = requireLabel(name, value);
    else if (name === 'labels') this.labels = readObject(name, value);
    else if (name === 'options') this.body = { ...readObject(name, value), ...this.body };
    else if (TEXTS.includes(name)) this.body[name] = value;
    else if (OBJECTS.includes(name)) this.body[name] = readObject(name, value);
    else if (name === 'split') this.addSplit(value);
    else {
      const known = ['file', 'label', 'labels', 'split', 'options', ...TEXTS, ...OBJECTS].join(', ');
      throw formError(name.slice(0, 100), `is not a known field; known are ${known}`);
    }
  }

  /** What a file that begins now is labelled with: by the field before it, or by its folders. */
  describe(name: string): Omit<FormFile, 'id'> {
    const said = labelFromPath(name);
    const label = this.label ?? said.label;
    const split = this.split ?? said.split;
    return { name, ...(label === undefined ? {} : { label }), ...(split === undefined ? {} : { split }) };
  }

  /** The JSON body that says the same. @throws AppError VALIDATION_FAILED when there is no file to import */
  toBody(files: readonly FormFile[]): Record<string, unknown> {
    if (files.length === 0) {
      if (this.body['source'] === undefined && this.body['builtIn'] === undefined)
        throw formError('file', 'is missing: a form has a part `file` for each file');
      return this.body;
    }
    if (this.body['source'] !== undefined)
      throw formError('source', 'does not go with files: samples come from one place');
    const names = new Set(files.map(({ name }) => name));
    for (const name of Object.keys(this.labels))
      if (!names.has(name))
        throw formError('labels', `names '${name.slice(0, 200)}', which is no file of the form`);
    const uploads = files.map(({ id, name, label, split }) => {
      const own = Object.hasOwn(this.labels, name) ? requireLabel('labels', this.labels[name]) : label;
      return { id, ...(own === undefined ? {} : { label: own }), ...(split === undefined ? {} : { split }) };
    });
    return { ...this.body, source: { type: 'upload', uploads } };
  }

  /** `split` is of the files after it (`train`), or says how all samples are divided (JSON). */
  private addSplit(value: string): void {
    const split = SPLIT_NAMES.find((one) => one === value.trim());
    if (split !== undefined) this.split = split;
    else this.body['split'] = readObject('split', value);
  }
}

function requireLabel(path: string, value: unknown): string {
  const problem = textProblem(value, 500, 1);
  if (problem !== undefined) throw formError(path, problem);
  return value as string;
}

function readObject(name: string, text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch {
    // said below
  }
  throw formError(name, 'must be a JSON object');
}
