const SHOWN = 5;
const LONGEST = 80;

/** The place of a rule in the contract, written as problems of a contract are: `columns.age.minimum`, `columns["a b"].unique`. */
export function rulePath(...parts: string[]): string {
  return parts
    .map((part, index) => {
      if (!/^[A-Za-z_$][\w$-]{0,99}$/.test(part)) return `[${JSON.stringify(part.slice(0, 100))}]`;
      return index === 0 ? part : `.${part}`;
    })
    .join('');
}

/** The first few of many values. */
export function listed(values: readonly (string | number | boolean)[]): string {
  const shown = values.slice(0, SHOWN).map((value) => shorten(String(value)));
  const rest = values.length - shown.length;
  return rest > 0 ? `${shown.join(', ')} and ${rest} more` : shown.join(', ');
}

export function shorten(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** A share as people read it: 0.0123 is "1.23 %". */
export function percent(share: number): string {
  return `${Number((share * 100).toPrecision(3))} %`;
}
