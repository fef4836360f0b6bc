import { AppError } from '@modelyard/platform-errors';

const MAX_LENGTH = 8_192;

/** Visible ASCII: all that a URL may hold without encoding, and all that goes on to a service. */
const VISIBLE_ASCII = /^[\x21-\x7e]+$/;

/** Encoded slash, backslash, NUL and dot: the usual ways to make two parsers read one path differently. */
const DISGUISED = /%(?:2f|5c|00|2e)/i;

/**
 * Refuses request targets that a service might read in another way than the gateway does. Everything behind the
 * gateway is routed by path, so a path must have one meaning.
 * @param url the request target as it came, with its query
 * @throws AppError VALIDATION_FAILED
 */
export function checkUrl(url: string): void {
  if (!url.startsWith('/')) throw refused('the request target must be a path, not an absolute URL');
  if (url.length > MAX_LENGTH) throw refused(`the URL is longer than ${MAX_LENGTH} characters`);
  if (!VISIBLE_ASCII.test(url) || url.includes('#'))
    throw refused('the URL holds characters that must be encoded');
  const path = pathOf(url);
  if (path.includes('//')) throw refused('the path holds an empty segment');
  if (path.includes('\\') || DISGUISED.test(path))
    throw refused('the path holds an encoded or foreign separator');
  if (path.split('/').some((segment) => segment === '.' || segment === '..')) {
    throw refused('the path holds a dot segment');
  }
  if (!isDecodable(path)) throw refused('the path has a broken percent-encoding');
}

/** The path of a request target, without its query. */
export function pathOf(url: string): string {
  const query = url.indexOf('?');
  return query === -1 ? url : url.slice(0, query);
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

function refused(why: string): AppError {
  return new AppError('VALIDATION_FAILED', `This URL is refused: ${why}.`);
}
