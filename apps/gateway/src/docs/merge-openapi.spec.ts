import { mergeOpenApi } from './merge-openapi';
import type { OpenApiDocument, OpenApiOperation } from './openapi-document';

const info = { title: 'Modelyard', version: 'v1' };

function service(
  paths: Record<string, Record<string, OpenApiOperation>>,
  schemas: Record<string, unknown> = {},
  tags: string[] = [],
): OpenApiDocument {
  return { openapi: '3.0.0', info, paths, components: { schemas }, tags: tags.map((name) => ({ name })) };
}

describe('mergeOpenApi', () => {
  it('puts the public paths of all services into one document, and the private ones nowhere', () => {
    const merged = mergeOpenApi(info, [
      {
        service: 'registry',
        document: service(
          { '/api/v1/models': { get: {} }, '/internal/api-keys': { get: {} }, '/health': { get: {} } },
          {},
          ['Models'],
        ),
      },
      {
        service: 'inference',
        document: service({ '/predict': { post: {} }, '/metrics': { get: {} } }, {}, [
          'Predictions',
          'Models',
        ]),
      },
    ]);
    expect(Object.keys(merged.paths)).toEqual(['/api/v1/models', '/predict']);
    expect(merged.tags).toEqual([{ name: 'Models' }, { name: 'Predictions' }]);
    expect(merged.servers).toEqual([{ url: '/' }]);
  });

  it('joins the methods of a path that two services have', () => {
    const merged = mergeOpenApi(info, [
      { service: 'registry', document: service({ '/api/v1/x': { get: { summary: 'read' } } }) },
      { service: 'inference', document: service({ '/api/v1/x': { post: { summary: 'write' } } }) },
    ]);
    expect(Object.keys(merged.paths['/api/v1/x'] ?? {})).toEqual(['get', 'post']);
  });

  it('asks for a key at every operation, and adds the errors of the gateway under those of the service', () => {
    const own = { description: 'Only on Mondays.' };
    const document = service({
      '/predict': { post: { security: [], responses: { '200': {}, '403': own } } },
    });
    const operation = mergeOpenApi(info, [{ service: 'inference', document }]).paths['/predict']?.['post'];
    expect(operation?.security).toEqual([{ bearer: [] }, { apiKey: [] }]);
    expect(operation?.responses).toMatchObject({
      '200': {},
      '401': { $ref: '#/components/responses/Unauthenticated' },
      '403': own,
      '429': { $ref: '#/components/responses/RateLimited' },
    });
  });

  it('holds the errors of the gateway that some operation refers to, and no others', () => {
    const document = service({ '/predict': { post: { responses: { '403': { description: 'Never.' } } } } });
    const { components } = mergeOpenApi(info, [{ service: 'inference', document }]);
    expect(Object.keys(components?.['responses'] ?? {})).toContain('Unauthenticated');
    expect(Object.keys(components?.['responses'] ?? {})).not.toContain('Forbidden');
  });

  it('keeps equal components once, and renames those that only share a name, with all that point to them', () => {
    const shared = { type: 'object' };
    const reference = { $ref: '#/components/schemas/Version' };
    const merged = mergeOpenApi(info, [
      { service: 'registry', document: service({}, { Shared: shared, Version: { type: 'integer' } }) },
      {
        service: 'inference',
        document: service(
          { '/predict': { post: { responses: { '200': { schema: reference } } } } },
          { Shared: shared, Version: { type: 'string' }, Answer: { allOf: [reference] } },
        ),
      },
    ]);
    expect(merged.components?.['schemas']).toMatchObject({
      Shared: shared,
      Version: { type: 'integer' },
      Inference_Version: { type: 'string' },
      Answer: { allOf: [{ $ref: '#/components/schemas/Inference_Version' }] },
    });
    expect(merged.paths['/predict']?.['post']?.responses?.['200']).toEqual({
      schema: { $ref: '#/components/schemas/Inference_Version' },
    });
  });

  it('leaves the documents that it was given as they were', () => {
    const document = service({}, { Problem: { type: 'string' } });
    const before = structuredClone(document);
    mergeOpenApi(info, [{ service: 'registry', document }]);
    expect(document).toEqual(before);
  });
});
