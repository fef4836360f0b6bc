import type { ImportOptions } from '@modelyard/contracts';

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'latin-1';

/**
 * What a text is written in, by its first bytes: a byte-order mark decides, else what the user says, else the NULs that
 * UTF-16 has in every other byte of Latin text.
 * @returns also the length of the byte-order mark
 */
export function encodingOf(
  head: Buffer,
  said?: NonNullable<ImportOptions['csv']>['encoding'],
): { encoding: TextEncoding; mark: number } {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', mark: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', mark: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', mark: 2 };
  if (said === 'latin-1') return { encoding: 'latin-1', mark: 0 };
  const [even, odd] = nulShares(head);
  if (even > 0.4 && odd < 0.1) return { encoding: 'utf-16be', mark: 0 };
  if ((odd > 0.4 && even < 0.1) || said === 'utf-16') return { encoding: 'utf-16le', mark: 0 };
  return { encoding: 'utf-8', mark: 0 };
}

function nulShares(head: Buffer): [even: number, odd: number] {
  const count = [0, 0];
  const pairs = Math.floor(head.length / 2);
  for (let i = 0; i < pairs * 2; i += 1) if (head[i] === 0) count[i % 2] = (count[i % 2] as number) + 1;
  return pairs === 0 ? [0, 0] : [(count[0] as number) / pairs, (count[1] as number) / pairs];
}
