import { distance } from 'fastest-levenshtein';

const plain = (name: string): string => name.toLowerCase().replaceAll(/[\s_-]/g, '');

/** ` Did you mean "filters"?` when a known name is near; empty when none is. Case, `_` and `-` count for nothing. */
export function didYouMean(name: string, known: readonly string[]): string {
  if (name.length > 64) return '';
  const typed = plain(name);
  const nearest = known
    .map((candidate) => ({ candidate, away: distance(typed, plain(candidate)) }))
    .reduce((best, next) => (next.away < best.away ? next : best), { candidate: '', away: Infinity });
  const tolerated = typed.length < 4 ? 1 : Math.max(2, Math.floor(typed.length / 3));
  return nearest.away <= tolerated ? ` Did you mean "${nearest.candidate}"?` : '';
}
