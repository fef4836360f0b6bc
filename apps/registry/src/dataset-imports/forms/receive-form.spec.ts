import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import type { Caller } from '@modelyard/contracts';
import type { ReceiveFile } from './receive-file';
import { ReceiveForm } from './receive-form';

const CALLER = { name: 'ada', role: 'editor' } as unknown as Caller;
const BOUNDARY = 'x-boundary';

function formOf(parts: string[]): IncomingMessage {
  const content = [...parts.map((part) => `--${BOUNDARY}\r\n${part}\r\n`), `--${BOUNDARY}--\r\n`].join('');
  const headers = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` };
  return Object.assign(Readable.from([Buffer.from(content)]), { headers }) as unknown as IncomingMessage;
}

function field(name: string, value: string): string {
  return `Content-Disposition: form-data; name="${name}"\r\n\r\n${value}`;
}

function file(name: string, content: string): string {
  return `Content-Disposition: form-data; name="file"; filename="${name}"\r\n\r\n${content}`;
}

/** Keeps nothing; a file's id is its content. */
const receiveFile = {
  async execute(_name: string, stream: AsyncIterable<Buffer>) {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    const id = Buffer.concat(chunks).toString();
    return { id, content: [id] };
  },
} as unknown as ReceiveFile;

describe('receive form', () => {
  it('gives each file the label that comes before it, also when all arrive in one piece', async () => {
    const { body } = await new ReceiveForm(receiveFile).execute(
      formOf([
        field('name', 'pets'),
        ...['cat', 'dog', 'cat'].flatMap((label, i) => [field('label', label), file(`${i}.png`, `n${i}`)]),
      ]),
      CALLER,
    );
    expect(body['source']).toEqual({
      type: 'upload',
      uploads: [
        { id: 'n0', label: 'cat' },
        { id: 'n1', label: 'dog' },
        { id: 'n2', label: 'cat' },
      ],
    });
  });
});
