import type { IncomingMessage } from 'node:http';
import { Busboy } from '@fastify/busboy';
import type { BusboyFileStream, BusboyHeaders, BusboyInstance } from '@fastify/busboy';
import type { Caller } from '@modelyard/contracts';
import { AppError } from '@modelyard/platform-errors';
import { Injectable } from '@nestjs/common';
import { textProblem } from '../../naming/text';
import { MAX_UPLOADS } from '../dto/create-dataset.dto';
import { formError } from './form-error';
import { FormFields } from './form-fields';
import type { FormFile } from './form-fields';
import { ReceiveFile } from './receive-file';

/** `labels` may name ten thousand files. */
const MAX_FIELD_BYTES = 8 * 1024 * 1024;
const MAX_FIELDS = 20_000;
/** Files that are stored at a time, so that small ones need not wait for the disk one by one. */
const AT_A_TIME = 4;

export interface ReceivedForm {
  /** The JSON body that says the same. */
  body: Record<string, unknown>;
  /** The same for the same form, however often it is sent. */
  identity: unknown;
}

@Injectable()
export class ReceiveForm {
  constructor(private readonly receiveFile: ReceiveFile) {}

  /**
   * Reads a form in constant memory: its files are kept as uploads while they arrive.
   * @throws AppError VALIDATION_FAILED, MALFORMED_BODY, BODY_TOO_LARGE
   */
  async execute(request: IncomingMessage, caller: Caller): Promise<ReceivedForm> {
    const fields = new FormFields();
    const files: FormFile[] = [];
    const contents = new Map<FormFile, readonly string[]>();
    const store = async (file: FormFile, stream: BusboyFileStream): Promise<void> => {
      const { id, content } = await this.receiveFile.execute(file.name, stream, caller);
      if (content.length === 0) throw formError('file', `'${file.name}' is empty`);
      file.id = id;
      contents.set(file, content);
    };
    await parseForm(request, {
      field: (name, value) => fields.add(name, value),
      file: (part, name, stream) => {
        requireFile(part, name);
        const file = { id: '', ...fields.describe(name) };
        if (files.push(file) > MAX_UPLOADS)
          throw formError(
            'file',
            `must not come more than ${MAX_UPLOADS} times: put the files into an archive`,
          );
        return store(file, stream);
      },
    });
    const body = fields.toBody(files);
    const identity = files.map(({ id: _id, ...file }, index) => [
      file,
      contents.get(files[index] as FormFile),
    ]);
    return { body, identity: [{ ...body, source: undefined }, identity] };
  }
}

interface FormHandlers {
  field(name: string, value: string): void;
  /** Reads the stream to its end. */
  file(part: string, name: string, stream: BusboyFileStream): Promise<void>;
}

/** Feeds the form to its handlers. The first thing that fails ends it, and everything that is still being read. */
async function parseForm(request: IncomingMessage, handlers: FormHandlers): Promise<void> {
  const parser = openParser(request);
  const storing = new Set<Promise<void>>();
  const streams = new Set<BusboyFileStream>();
  let fail: (error: unknown) => void = () => {};
  const failed = new Promise<never>((_, reject) => (fail = reject));
  failed.catch(() => {}); // it may come when nobody waits just now
  const within = <T>(work: Promise<T>): Promise<T> => Promise.race([work, failed]);

  parser.on('error', (error) => fail(broken(error)));
  parser.on('field', (name, value, _nameCut, cut) => {
    try {
      if (cut) throw formError(name.slice(0, 100), `must have at most ${MAX_FIELD_BYTES} bytes`);
      handlers.field(name, value);
    } catch (error) {
      fail(error);
    }
  });
  parser.on('fieldsLimit', () => fail(formError('', `must have at most ${MAX_FIELDS} fields`)));
  parser.on('file', (part, stream, name) => {
    stream.on('error', (error) => fail(broken(error)));
    streams.add(stream);
    // The handler must begin at once: the field that comes next may already be another file's label.
    const stored = (async () => handlers.file(part, name, stream))()
      .catch(fail)
      .finally(() => {
        storing.delete(stored);
        streams.delete(stream);
      });
    storing.add(stored);
  });

  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      await within(write(parser, chunk));
      // The newest file may wait for more of the form; those before it have all that they need.
      while (storing.size > AT_A_TIME) await within(Promise.race(storing));
    }
    await within(new Promise<void>((resolve) => parser.once('finish', resolve).end()));
    await within(Promise.all(storing));
  } catch (error) {
    for (const stream of streams) stream.destroy(error instanceof Error ? error : undefined);
    throw error;
  }
}

function write(parser: BusboyInstance, chunk: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    parser.write(chunk, (error) => (error ? reject(broken(error)) : resolve()));
  });
}

function openParser({ headers }: IncomingMessage): BusboyInstance {
  try {
    return new Busboy({
      headers: headers as BusboyHeaders,
      preservePath: true, // the folder of a file may be its class
      isPartAFile: (_part, type, name) => name !== undefined || type === 'application/octet-stream',
      limits: { fieldSize: MAX_FIELD_BYTES, fields: MAX_FIELDS },
    });
  } catch (error) {
    throw broken(error);
  }
}

function requireFile(part: string, name: string | undefined): asserts name is string {
  if (part !== 'file')
    throw formError(part.slice(0, 100), 'is no field for files: a form has its files in `file`');
  const problem = textProblem(name, 1_000, 1);
  if (problem !== undefined) throw formError('file', `must have a file name: it ${problem}`);
}

function broken(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const why = error instanceof Error ? error.message : 'it breaks off';
  return new AppError('MALFORMED_BODY', `The form cannot be read: ${why}`, { cause: error });
}
