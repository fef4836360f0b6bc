// A process of its own for tracing.spec.ts: OpenTelemetry patches what Node requires, and Jest has its own require.
// argv: the OTLP endpoint, or nothing. Writes one JSON line with what it saw.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import { request } from 'undici';
import { createLogger, nameSpan, startTracing } from '..';

async function run(): Promise<void> {
  const endpoint = process.argv[2];
  const stop = await startTracing({ service: 'registry', ...(endpoint === undefined ? {} : { endpoint }) });
  const lines: string[] = [];
  const destination = new Writable({
    decodeStrings: false,
    write: (line: string, _, done) => (lines.push(line), done()),
  });
  const logger = createLogger({ service: 'registry', level: 'info', format: 'json', destination });
  const traceparents: unknown[] = [];
  const server = createServer((req, res) => {
    traceparents.push(req.headers.traceparent);
    nameSpan('GET', '/models/:name');
    logger.info('handled');
    res.end('ok');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  for (const path of ['/models/digits', '/health/live', '/metrics']) {
    await (await request(base + path)).body.text();
  }
  server.close();
  server.closeAllConnections();
  await stop();
  // prom-client requires the API, which is small and does nothing by itself.
  const loaded = Object.keys(require.cache).filter((file) => /@opentelemetry\/(?!api\/)/.test(file)).length;
  process.stdout.write(
    JSON.stringify({ loaded, traceparents, line: JSON.parse(lines[0] ?? '{}') as unknown }),
  );
}

void run();
