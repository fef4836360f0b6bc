/** The environment is wrong. Names the variables and the rules that they break; holds no value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  /** The names of all wrong variables. */
  readonly variables: string[];

  /** @param problems the broken rules of each wrong variable: `PORT` → `must be an integer number` */
  constructor(problems: ReadonlyMap<string, readonly string[]>) {
    const lines = [...problems].map(([variable, rules]) => `  ${variable} ${rules.join(', and ')}`);
    super(`The configuration is wrong. Set these environment variables right:\n${lines.join('\n')}`);
    this.variables = [...problems.keys()];
  }
}
