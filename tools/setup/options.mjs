import { parseArgs } from 'node:util';

/**
 * The command line's options; an unknown one, or a port that is none, ends the process with a sentence.
 * @template {import('node:util').ParseArgsConfig['options']} T
 * @param {T} options
 */
export function readOptions(options) {
  let values;
  try {
    ({ values } = parseArgs({ options }));
  } catch (error) {
    fail(
      `${error.message.split('.')[0]}. Options: ${Object.keys(options)
        .map((name) => `--${name}`)
        .join(', ')}.`,
    );
  }
  if (values.port !== undefined && !/^\d{1,5}$/.test(values.port))
    fail(`--port must be a number from 0 to 65535, not ${values.port}.`);
  return values;
}

function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
