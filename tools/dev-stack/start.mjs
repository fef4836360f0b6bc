// node tools/dev-stack/start.mjs [--data <folder>] [--port <number>]
// Starts the built stack and keeps it up until SIGINT or SIGTERM. What is where stands in <folder>/stack.json.
import { resolve } from 'node:path';
import { startStack } from './stack.mjs';
import { stopOnSignals } from './signals.mjs';
import { readOptions } from '../setup/options.mjs';

const values = readOptions({ data: { type: 'string' }, port: { type: 'string' } });
try {
  const stack = await startStack({
    ...(values.data === undefined ? {} : { dataFolder: resolve(values.data) }),
    ...(values.port === undefined ? {} : { port: Number(values.port) }),
    onEvent: (line) => process.stderr.write(`${line}\n`),
  });
  stopOnSignals(() => stack.stop());
  process.stdout.write(`${JSON.stringify({ url: stack.url, stackFile: stack.state.stackFile })}\n`);
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
