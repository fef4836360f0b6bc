import { Writable } from 'node:stream';
import { createLogger, NestLogger, requestContext } from '..';

function recorder(format: 'json' | 'pretty' = 'json') {
  const lines: string[] = [];
  const destination = new Writable({
    decodeStrings: false,
    write: (line: string, _, done) => (lines.push(line), done()),
  });
  return { lines, logger: createLogger({ service: 'registry', level: 'debug', format, destination }) };
}
const only = (lines: string[]) => {
  expect(lines).toHaveLength(1);
  return JSON.parse(lines[0] ?? '') as Record<string, unknown>;
};

describe('createLogger', () => {
  it('writes one JSON object with the service and the present request id', async () => {
    const { lines, logger } = recorder();
    await requestContext.run({ requestId: 'r-1' }, async () => {
      await Promise.resolve();
      logger.info({ jobId: 'j' }, 'started');
    });
    expect(only(lines)).toMatchObject({
      level: 'info',
      service: 'registry',
      requestId: 'r-1',
      jobId: 'j',
      msg: 'started',
    });
  });

  it('has no request id outside of a request', () => {
    const { lines, logger } = recorder();
    logger.child({ slice: 'models' }).warn('hm');
    expect(only(lines)).toMatchObject({ slice: 'models', msg: 'hm' });
    expect(only(lines)).not.toHaveProperty('requestId');
  });

  it('hides credentials', () => {
    const { lines, logger } = recorder();
    logger.info({
      authorization: 'S1',
      headers: { 'x-api-key': 'S2' },
      req: { headers: { authorization: 'S3', cookie: 'S4', 'x-modelyard-caller': 'S5' } },
      user: { password: 'S6' },
    });
    expect(lines[0]).not.toMatch(/S\d/);
    expect(lines[0]).toContain('[redacted]');
  });

  it('writes errors with their causes', () => {
    const { lines, logger } = recorder();
    logger.error({ err: new Error('outer', { cause: new Error('inner') }) }, 'failed');
    expect(only(lines)).toMatchObject({
      err: { type: 'Error', message: 'outer', cause: { message: 'inner' } },
    });
  });

  it('writes lines for people', () => {
    const { lines, logger } = recorder('pretty');
    logger.info({ port: 1 }, 'listening');
    expect(lines.join('')).toMatch(/INFO.*registry: listening.*"?port"?:\s?1/);
  });
});

describe('NestLogger', () => {
  it('passes on what Nest says, with its context', () => {
    const { lines, logger } = recorder();
    const nest = new NestLogger(logger);
    nest.log('Mapped', 'Router');
    nest.error('boom', 'stack here', 'Handler');
    nest.warn({ a: 1 }, 'X');
    nest.fatal(new Error('dead'));
    nest.debug('d');
    nest.verbose('v');
    expect(lines.map((l) => JSON.parse(l) as object)).toMatchObject([
      { level: 'debug', context: 'Router', msg: 'Mapped' },
      { level: 'error', context: 'Handler', stack: 'stack here', msg: 'boom' },
      { level: 'warn', context: 'X', a: 1 },
      { level: 'fatal', err: { message: 'dead' } },
      { level: 'debug', msg: 'd' },
      { level: 'debug', msg: 'v' },
    ]);
  });
});
