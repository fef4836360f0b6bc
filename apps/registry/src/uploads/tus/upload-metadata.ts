import { AppError } from '@modelyard/platform-errors';
import { textProblem } from '../../naming/text';

const MAX_METADATA = 8_192;
const MAX_NAME = 1_000;

/**
 * The name of an upload's file, from tus's `Upload-Metadata`: pairs of a key and base64, with commas between them.
 * @returns `filename` or `name` of the pairs, else `upload`
 * @throws AppError VALIDATION_FAILED
 */
export function readFileName(metadata: string | undefined): string {
  if (metadata === undefined || metadata.trim() === '') return 'upload';
  if (metadata.length > MAX_METADATA) throw wrong(`must have at most ${MAX_METADATA} characters`);
  const pairs = new Map<string, string>();
  for (const pair of metadata.split(',')) {
    const [key = '', value = '', ...rest] = pair.trim().split(' ');
    if (key === '' || rest.length > 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(value))
      throw wrong('must be pairs of a key, a space and a value in base64, with commas between them');
    if (pairs.has(key)) throw wrong(`must name '${key}' once`);
    pairs.set(key, value);
  }
  const encoded = pairs.get('filename') ?? pairs.get('name');
  if (encoded === undefined) return 'upload';
  const name = Buffer.from(encoded, 'base64').toString('utf8');
  const problem = textProblem(name, MAX_NAME, 1);
  if (problem !== undefined) throw wrong(`filename ${problem}`);
  return name;
}

function wrong(message: string): AppError {
  return new AppError('VALIDATION_FAILED', `Upload-Metadata ${message}`, {
    fields: [{ path: 'Upload-Metadata', message }],
  });
}
