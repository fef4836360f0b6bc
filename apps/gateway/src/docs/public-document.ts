import { Logger } from '@modelyard/platform-observability';
import { Injectable } from '@nestjs/common';
import { Upstreams } from '../proxy/upstreams';
import type { Upstream, UpstreamName } from '../proxy/upstreams';
import { mergeOpenApi } from './merge-openapi';
import type { OpenApiDocument } from './openapi-document';

/** Services change their documents only when they are replaced. */
const FRESH_MS = 10_000;
const MAX_BYTES = 8 * 1024 * 1024;

const INFO = {
  title: 'Modelyard',
  version: 'v1',
  description: [
    'Train, track, register and serve classifiers.',
    '',
    'Every request carries an API key: `Authorization: Bearer <key>` or `X-API-Key: <key>`. Errors are',
    '`application/problem+json` (RFC 9457) with a `code` for programs and a `detail` for people; each carries the',
    "request's id, which is also in the response header `X-Request-Id`.",
  ].join('\n'),
};

/** The OpenAPI document of everything public. A service that is away is described as it was last seen. */
@Injectable()
export class PublicDocument {
  private readonly lastSeen = new Map<UpstreamName, OpenApiDocument>();
  private refreshing: Promise<void> | undefined;
  private refreshedAt = -Infinity;

  constructor(
    private readonly upstreams: Upstreams,
    private readonly logger: Logger,
  ) {}

  async get(): Promise<OpenApiDocument> {
    if (performance.now() - this.refreshedAt > FRESH_MS) await this.refresh();
    // In the order of the services, not of their answers: the document must not change by chance.
    const services = this.upstreams.all().flatMap(({ name: service }) => {
      const document = this.lastSeen.get(service);
      return document === undefined ? [] : [{ service, document }];
    });
    return mergeOpenApi(INFO, services);
  }

  private refresh(): Promise<void> {
    this.refreshing ??= Promise.all(this.upstreams.all().map((upstream) => this.fetch(upstream)))
      .then((answers) => {
        // As long as a service is missing, the next request asks again.
        if (answers.every(Boolean)) this.refreshedAt = performance.now();
      })
      .finally(() => (this.refreshing = undefined));
    return this.refreshing;
  }

  private async fetch({ name, pool }: Upstream): Promise<boolean> {
    try {
      const path = '/internal/openapi.json';
      const { statusCode, body } = await pool.request({
        method: 'GET',
        path,
        headersTimeout: 3_000,
        bodyTimeout: 3_000,
      });
      const text = await body.text();
      if (statusCode !== 200 || text.length > MAX_BYTES)
        throw new Error(`status ${statusCode}, ${text.length} bytes`);
      this.lastSeen.set(name, JSON.parse(text) as OpenApiDocument);
      return true;
    } catch (error) {
      this.logger.warn(
        { err: error, upstream: name },
        'OpenAPI document cannot be fetched; the last one is shown',
      );
      return false;
    }
  }
}
