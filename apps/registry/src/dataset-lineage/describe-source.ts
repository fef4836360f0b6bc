import type { ImportSource } from '@modelyard/contracts';

/** Where an import took its samples from, in a few words. Of a URL only what can hold no secret. */
export function describeSource(source: ImportSource): string {
  switch (source.type) {
    case 'upload':
      return source.uploads.length === 1 ? 'an upload' : `${source.uploads.length} uploads`;
    case 'url':
      return withoutSecrets(source.url);
    case 'well-known':
      return source.name;
    case 'derive':
      return `changes: ${Object.keys(source.changes).join(', ')}`;
  }
}

function withoutSecrets(text: string): string {
  if (!URL.canParse(text)) return 'a URL';
  const { origin, pathname } = new URL(text);
  return `${origin}${pathname}`;
}
