/** An answer of the gateway that was not a success; the message is the problem's own. */
export class ApiError extends Error {
  constructor(method, path, status, problem) {
    super(
      `${method} ${path} answered ${status}: ${problem?.detail ?? 'no detail'}${problem?.errors ? ` (${problem.errors.map((e) => `${e.path}: ${e.message}`).join('; ')})` : ''}`,
    );
    this.status = status;
    this.code = problem?.code;
  }
}

/** The public API, as any client of it would call it. */
export class Api {
  constructor(url, key) {
    this.url = url;
    this.key = key;
  }

  async call(method, path, body, { headers = {} } = {}) {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        authorization: `Bearer ${this.key}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const parsed = text === '' ? undefined : JSON.parse(text);
    if (!response.ok) throw new ApiError(method, path, response.status, parsed);
    return parsed;
  }

  get = (path) => this.call('GET', path);
  post = (path, body, options) => this.call('POST', path, body, options);

  /** Follows a server-sent event stream to its end, going on where it broke off. */
  async *events(path) {
    let last;
    for (let attempt = 0; attempt < 100; attempt += 1) {
      try {
        const response = await fetch(this.url + path, {
          headers: {
            authorization: `Bearer ${this.key}`,
            accept: 'text/event-stream',
            ...(last === undefined ? {} : { 'last-event-id': last }),
          },
        });
        if (!response.ok)
          throw new ApiError('GET', path, response.status, await response.json().catch(() => undefined));
        let buffer = '';
        for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
          buffer += chunk.replaceAll('\r\n', '\n');
          for (let end = buffer.indexOf('\n\n'); end !== -1; end = buffer.indexOf('\n\n')) {
            const event = parseEvent(buffer.slice(0, end));
            buffer = buffer.slice(end + 2);
            if (event === undefined) continue;
            last = event.id ?? last;
            yield event;
          }
        }
        return;
      } catch (error) {
        if (error instanceof ApiError && error.status < 500) throw error;
        await new Promise((resolve) => setTimeout(resolve, 300));
      }
    }
    throw new Error(`The event stream ${path} broke off again and again.`);
  }
}

function parseEvent(block) {
  const event = { type: 'message', data: '' };
  for (const line of block.split('\n')) {
    const [, field, value] = /^([^:]*): ?(.*)$/.exec(line) ?? [];
    if (field === 'event') event.type = value;
    else if (field === 'id') event.id = value;
    else if (field === 'data') event.data += value;
  }
  return event.data === '' ? undefined : { ...event, data: JSON.parse(event.data) };
}
