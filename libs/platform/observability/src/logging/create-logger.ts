import type { Writable } from 'node:stream';
import pino from 'pino';
import type { DestinationStream, LoggerOptions as PinoOptions } from 'pino';
import type PinoPretty from 'pino-pretty';
import { requestContext } from '../context/request-context';
import { traceFields } from '../tracing/tracing';
import { hideSecrets } from './hide-secrets';
import type { Logger } from './logger';

export interface LoggerOptions {
  service: string;
  /** One of `fatal error warn info debug trace silent`. */
  level: string;
  /** `json`: one object a line. `pretty`: lines for people. */
  format: 'json' | 'pretty';
  /** Where the lines go; standard output by default. */
  destination?: Writable;
}

/** Makes the process's logger. Lines carry the request id of the present context, and never credentials. */
export function createLogger(options: LoggerOptions): Logger {
  const settings: PinoOptions = {
    level: options.level,
    base: { service: options.service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }), log: hideSecrets },
    mixin: contextFields,
    serializers: { err: pino.stdSerializers.errWithCause },
  };
  const out = options.format === 'pretty' ? prettyStream(options.destination) : options.destination;
  return out === undefined ? pino(settings) : pino(settings, out);
}

function contextFields(): object {
  const context = requestContext.get();
  return context === undefined ? traceFields() : { requestId: context.requestId, ...traceFields() };
}

/** Loaded only when wanted: production does not pay for it. It writes in this thread, so that no line is lost at exit. */
function prettyStream(destination?: Writable): DestinationStream {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const pretty = require('pino-pretty') as typeof PinoPretty;
  return pretty({
    sync: true,
    colorize: destination === undefined && process.stdout.isTTY,
    singleLine: true,
    translateTime: 'HH:MM:ss.l',
    ignore: 'service',
    messageFormat: '{service}: {msg}',
    ...(destination === undefined ? {} : { destination }),
  });
}
