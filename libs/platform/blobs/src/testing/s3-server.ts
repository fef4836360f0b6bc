import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** As much of S3 as the store uses, in memory, path style: put (whole and in parts), get with ranges, head, delete. */
export class S3Server {
  readonly objects = new Map<string, Buffer>();
  private readonly uploads = new Map<string, Map<number, Buffer>>();
  private readonly server: Server;

  constructor(readonly bucket: string) {
    this.server = createServer((request, response) => void this.answer(request, response));
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://s3');
    const [bucket, ...rest] = url.pathname.slice(1).split('/');
    const key = rest.join('/');
    const body = decode(await bodyOf(request), request);
    if (bucket !== this.bucket) return fail(response, 404, 'NoSuchBucket');
    if (key === '') return void response.writeHead(200).end();
    const upload = url.searchParams.get('uploadId');
    switch (request.method ?? 'GET') {
      case 'POST':
        return this.multipart(response, key, upload);
      case 'PUT':
        if (upload === null) this.objects.set(key, body);
        else this.uploads.get(upload)?.set(Number(url.searchParams.get('partNumber')), body);
        return void response
          .writeHead(200, { etag: `"${createHash('md5').update(body).digest('hex')}"` })
          .end();
      case 'DELETE':
        this.objects.delete(key);
        return void response.writeHead(204).end();
      default:
        return this.read(request, response, key);
    }
  }

  private multipart(response: ServerResponse, key: string, upload: string | null): void {
    if (upload === null) {
      const id = `upload-${this.uploads.size + 1}`;
      this.uploads.set(id, new Map());
      return void response.end(
        `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`,
      );
    }
    const parts = [...(this.uploads.get(upload) ?? new Map<number, Buffer>())].sort(([a], [b]) => a - b);
    this.objects.set(key, Buffer.concat(parts.map(([, part]) => part)));
    response.end(
      `<CompleteMultipartUploadResult><Key>${key}</Key><ETag>"x"</ETag></CompleteMultipartUploadResult>`,
    );
  }

  private read(request: IncomingMessage, response: ServerResponse, key: string): void {
    const object = this.objects.get(key);
    if (object === undefined) return fail(response, 404, 'NoSuchKey', request.method === 'HEAD');
    const [, start, end] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
    const part =
      start === undefined
        ? object
        : object.subarray(Number(start), end === '' || end === undefined ? undefined : Number(end) + 1);
    response.writeHead(start === undefined ? 200 : 206, { 'content-length': part.length });
    response.end(request.method === 'HEAD' ? undefined : part);
  }
}

function fail(response: ServerResponse, status: number, code: string, head = false): void {
  response
    .writeHead(status, { 'content-type': 'application/xml' })
    .end(head ? undefined : `<Error><Code>${code}</Code></Error>`);
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** The SDK sends streams in S3's own chunks: `<hex size>[;signature]\r\n<bytes>\r\n`, with a checksum as a trailer. */
function decode(body: Buffer, request: IncomingMessage): Buffer {
  if (!/aws-chunked/.test(request.headers['content-encoding'] ?? '')) return body;
  const parts: Buffer[] = [];
  for (let at = 0; at < body.length;) {
    const lineEnd = body.indexOf('\r\n', at);
    const size = parseInt(body.toString('latin1', at, lineEnd), 16);
    if (size === 0) break;
    parts.push(body.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
  return Buffer.concat(parts);
}
