import type { ImportSource } from '@modelyard/contracts';
import { AppError } from '@modelyard/platform-errors';
import type { SourceDto } from './dto/create-dataset.dto';

/** What each type of source says, and must say. */
const FIELDS = { upload: ['uploads'], url: ['url', 'sha256'], 'well-known': ['name'] } as const;
const ALL = ['uploads', 'url', 'sha256', 'name'] as const;

/** @throws AppError VALIDATION_FAILED for fields that the type has not, or lacks, and for URLs that are not fetched */
export function readSource(source: SourceDto): ImportSource {
  const own: readonly string[] = FIELDS[source.type];
  for (const field of ALL) {
    const present = source[field] !== undefined;
    if (present && !own.includes(field)) throw wrong(field, `does not go with the type '${source.type}'`);
    if (!present && own.includes(field)) throw wrong(field, `is missing for the type '${source.type}'`);
  }
  const { uploads = [], url = '', sha256 = '', name = 'iris' } = source;
  switch (source.type) {
    case 'upload':
      return { type: 'upload', uploads: requireOnce(uploads) };
    case 'url':
      return { type: 'url', url: readUrl(url), sha256: sha256.toLowerCase() };
    case 'well-known':
      return { type: 'well-known', name };
  }
}

function requireOnce(uploads: NonNullable<SourceDto['uploads']>): NonNullable<SourceDto['uploads']> {
  const seen = new Set<string>();
  uploads.forEach(({ id }, index) => {
    if (seen.has(id)) throw wrong(`uploads[${index}].id`, 'is named before');
    seen.add(id);
  });
  return uploads.map((upload) => ({ ...upload }));
}

/** Where it may lead is checked when it is fetched, with what its name resolves to then. */
function readUrl(text: string): string {
  const url = URL.parse(text);
  if (url === null) throw wrong('url', 'must be a whole URL, such as https://example.org/data.zip');
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw wrong('url', 'must be an http or https URL');
  if (url.username !== '' || url.password !== '')
    throw wrong('url', 'must not hold a user or a password: they would be kept with the import');
  url.hash = '';
  return url.href;
}

function wrong(field: string, message: string): AppError {
  const path = `source.${field}`;
  return new AppError('VALIDATION_FAILED', `${path} ${message}`, { fields: [{ path, message }] });
}
