const MOMENT =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?(?:Z|([+-])(\d{2}):(\d{2}))?)?$/;

/** What dates are written like, for a JSON Schema. Which days a month has is beyond it. */
export const MOMENT_PATTERN = MOMENT.source;

/**
 * A date, or a date and time, in ISO 8601 as SQL takes it in UTC: `2026-01-31T12:00+02:00` is `2026-01-31 10:00:00.000000`.
 * Without an offset it is UTC already. Two of these texts are in the order of their moments.
 *
 * @returns undefined when the text is none, such as on February 30, or outside of the years 1 to 9998
 */
export function utcText(text: string): string | undefined {
  const match = MOMENT.exec(text);
  if (!match) return undefined;
  const [year, month, day, hour, minute, second] = [1, 2, 3, 4, 5, 6].map((part) =>
    Number(match[part] ?? 0),
  ) as [number, number, number, number, number, number];
  const [offsetHours, offsetMinutes] = [Number(match[9] ?? 0), Number(match[10] ?? 0)];
  if (year < 1 || year > 9998 || hour > 23 || minute > 59 || second > 59) return undefined;
  if (offsetHours > 23 || offsetMinutes > 59) return undefined;
  const moment = new Date(0);
  moment.setUTCFullYear(year, month - 1, day);
  // A day that the month has not would be one of the next.
  if (moment.getUTCMonth() !== month - 1 || moment.getUTCDate() !== day) return undefined;
  const offset = (match[8] === '-' ? -1 : 1) * (offsetHours * 60 + offsetMinutes);
  moment.setUTCHours(hour, minute - offset, second);
  return `${moment.toISOString().slice(0, 19).replace('T', ' ')}.${(match[7] ?? '').padEnd(6, '0')}`;
}
