import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../setup/paths.mjs';
import { Api, ApiError } from './api.mjs';
import { picture } from './picture.mjs';
import { bar } from './terminal.mjs';

async function server(answer) {
  const http = createServer(answer).listen(0, '127.0.0.1');
  await once(http, 'listening');
  return { url: `http://127.0.0.1:${http.address().port}`, close: () => http.close() };
}

test('a bar is as long as its share, to an eighth of a column', () => {
  assert.equal(bar(0, 4), '    ');
  assert.equal(bar(1, 4), '████');
  assert.equal(bar(0.5, 4), '██  ');
  assert.equal(bar(0.53125, 4), '██▏ ');
  assert.equal(bar(7, 4), '████');
});

test('a digit is drawn with its likeliest classes beside it', () => {
  const image = Array.from({ length: 8 }, (_, y) => Array.from({ length: 8 }, (_, x) => (x === y ? 16 : 0)));
  const lines = picture(image, 16, '3', {
    prediction: '3',
    confidence: 0.9,
    probabilities: { 3: 0.9, 5: 0.1 },
    predictionId: 'p-1',
  });
  assert.equal(lines.length, 8);
  assert.match(lines[0], /predicted.*3.*it is.*3/);
  assert.match(lines[1], /90\.00 %/);
});

test('an error says what the problem says, field by field', async () => {
  const { url, close } = await server((_, response) => {
    response.writeHead(400, { 'content-type': 'application/problem+json' });
    response.end(
      JSON.stringify({
        code: 'VALIDATION_FAILED',
        detail: 'one field is wrong',
        errors: [{ path: 'name', message: 'must be text' }],
      }),
    );
  });
  await assert.rejects(new Api(url, 'k').get('/x'), (error) => {
    assert.ok(error instanceof ApiError);
    assert.match(error.message, /GET \/x answered 400: one field is wrong \(name: must be text\)/);
    return true;
  });
  close();
});

test('an event stream that breaks off goes on after the last event', async () => {
  const asked = [];
  const { url, close } = await server((request, response) => {
    asked.push(request.headers['last-event-id']);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    if (asked.length === 1) {
      response.write('id: 1\nevent: progress\ndata: {"epoch":1}\n\n', () => response.destroy());
    } else {
      response.end('id: 2\nevent: status\ndata: {"status":"succeeded"}\n\n');
    }
  });
  const seen = [];
  for await (const event of new Api(url, 'k').events('/events')) seen.push([event.id, event.type]);
  assert.deepEqual(seen, [
    ['1', 'progress'],
    ['2', 'status'],
  ]);
  assert.deepEqual(asked, [undefined, '1']);
  close();
});

test('an unknown option is a sentence, not a stack', () => {
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'tools/demo/demo.mjs'), '--nonsense'], {
    encoding: 'utf8',
  });
  assert.equal(status, 1);
  assert.match(stderr, /--nonsense/);
  assert.doesNotMatch(stderr, /\n\s+at /);
});
