/**
 * Whether a version may be registered.
 * @param metrics of the held-out split, by their plain names (`accuracy`)
 * @param minimum what each must reach; a metric that could not be measured has not reached it
 * @returns why not, in a sentence for a person, or undefined when all is reached
 */
export function refusalOf(
  metrics: Record<string, number>,
  minimum: Record<string, number>,
  split: string,
): string | undefined {
  const missed = Object.entries(minimum).flatMap(([name, least]) => {
    const value = metrics[name];
    if (value === undefined || Number.isNaN(value))
      return [`${name} was not measured (${least} is required)`];
    return value >= least ? [] : [`${name} is ${Number(value.toFixed(6))}, below the required ${least}`];
  });
  if (missed.length === 0) return undefined;
  return `Not registered: on the ${split} split ${missed.join(', and ')}.`;
}
