import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { nameSpan, startTracing, traceFields } from '..';

interface Span {
  name: string;
  /** 2 is an incoming request, 3 an outgoing one. */
  kind: number;
  traceId: string;
}
interface Export {
  resourceSpans: { scopeSpans: { spans: Span[] }[] }[];
}
interface Seen {
  loaded: number;
  traceparents: (string | null)[];
  line: { traceId?: string };
}

jest.setTimeout(60_000); // each test starts processes, and machines may be busy

const hook = join(__dirname, '../../../../../tools/jest/typescript-hook.cjs');
const fixture = join(__dirname, '../testing/traced-process.ts');

async function runProcess(...args: string[]): Promise<Seen> {
  const { stdout } = await promisify(execFile)(process.execPath, ['-r', hook, fixture, ...args]);
  return JSON.parse(stdout) as Seen;
}

async function startCollector() {
  const spans: Span[] = [];
  const paths: (string | undefined)[] = [];
  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      paths.push(req.url);
      const body = JSON.parse(Buffer.concat(chunks).toString()) as Export;
      spans.push(...body.resourceSpans.flatMap((r) => r.scopeSpans.flatMap((s) => s.spans)));
      res.end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  return { url, spans, paths, close: () => new Promise((resolve) => server.close(resolve)) };
}

describe('startTracing', () => {
  it('does nothing, and loads nothing of the SDK, without an endpoint', async () => {
    const seen = await runProcess();
    expect(seen.loaded).toBe(0);
    expect(seen.traceparents).toEqual([null, null, null]);
    expect(seen.line).not.toHaveProperty('traceId');
  });

  it('sends incoming and outgoing requests as one trace, and puts its id into log lines', async () => {
    const collector = await startCollector();
    const seen = await runProcess(`${collector.url}/`);
    await collector.close();
    expect(collector.paths).toEqual(['/v1/traces']);
    const incoming = collector.spans.filter((span) => span.kind === 2);
    expect(incoming.map((span) => span.name)).toEqual(['GET /models/:name']); // and none for the probes
    const { traceId } = incoming[0] as Span;
    expect(collector.spans.filter((span) => span.kind === 3 && span.traceId === traceId)).toHaveLength(1);
    expect(seen.traceparents[0]).toContain(traceId);
    expect(seen.line.traceId).toBe(traceId);
  });

  it('ends well when the collector is away', async () => {
    const seen = await runProcess('http://127.0.0.1:9');
    expect(seen.line).toHaveProperty('traceId');
  });

  it('can be asked from a process that does not trace', async () => {
    const stop = await startTracing({ service: 'registry' });
    nameSpan('GET', '/x');
    expect(traceFields()).toEqual({});
    await expect(stop()).resolves.toBeUndefined();
  });
});
