import { RegistryUnderTest } from '../testing/registry-under-test';

interface Operation {
  summary?: string;
  description?: string;
  tags?: string[];
  security?: unknown[];
  responses: Record<string, { content?: Record<string, { schema?: unknown }> }>;
}
interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, { properties?: Record<string, Record<string, unknown>> }> };
}

describe('the OpenAPI document', () => {
  let registry: RegistryUnderTest;
  let document: Document;
  beforeAll(async () => {
    registry = await RegistryUnderTest.start();
    document = await registry.ok<Document>('GET', '/internal/openapi.json');
  });
  afterAll(() => registry.stop());

  const operations = (): [string, Operation][] =>
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]): [string, Operation] => [
        `${method} ${path}`,
        operation,
      ]),
    );
  const publicOnes = (): [string, Operation][] => operations().filter(([name]) => name.includes('/api/v1/'));

  it('has every public route, and no private one', () => {
    expect(publicOnes().length).toBeGreaterThan(45);
    expect(operations().filter(([name]) => name.includes('/internal/'))).toEqual([]);
  });

  it('says of every operation what it does, who may, and how it fails', () => {
    const poor = publicOnes().filter(
      ([, { summary, description, tags, security, responses }]) =>
        summary === undefined ||
        description === undefined ||
        (tags?.length ?? 0) !== 1 ||
        (security?.length ?? 0) === 0 ||
        !['400', '401', '403', '429', '503'].every((status) => status in responses),
    );
    expect(poor.map(([name]) => name)).toEqual([]);
  });

  it('describes the body of every success, but of those without one', () => {
    const bare = publicOnes().filter(([, { responses }]) => {
      const success = Object.entries(responses).filter(([status]) => /^2/.test(status) && status !== '204');
      const none = Object.keys(responses).filter((status) => /^2/.test(status)).length === 0;
      return none || success.some(([, response]) => response.content === undefined);
    });
    expect(bare.map(([name]) => name)).toEqual([]);
  });

  it('refers to schemas that are there, all of them with examples or types', () => {
    const text = JSON.stringify(document);
    const names = [...text.matchAll(/#\/components\/schemas\/([^"]+)/g)].map(([, name]) => name ?? '');
    expect(names.filter((name) => !(name in document.components.schemas))).toEqual([]);
  });
});
