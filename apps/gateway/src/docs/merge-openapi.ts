import { isDeepStrictEqual } from 'node:util';
import type { OpenApiDocument, OpenApiOperation } from './openapi-document';
import { gatewayResponseReferences, gatewayResponses, PROBLEM_SCHEMA } from './public-responses';

export interface ServiceDocument {
  service: string;
  document: OpenApiDocument;
}

const PRIVATE = /^\/(?:internal|health|metrics)(?:\/|$)/;
const METHODS: ReadonlySet<string> = new Set(['get', 'head', 'post', 'put', 'patch', 'delete']);
const SECURITY = [{ bearer: [] }, { apiKey: [] }];

/**
 * One OpenAPI 3.1 document of all services' public operations. Components of the same name and content are kept once; of the
 * same name and another content, the later one is renamed to `<Service>_<Name>`.
 */
export function mergeOpenApi(
  info: OpenApiDocument['info'],
  services: readonly ServiceDocument[],
): OpenApiDocument {
  const merged: OpenApiDocument = {
    // The services' own documents say 3.0, but recipes are described in the JSON Schema of 3.1 (`const` and the like).
    openapi: '3.1.0',
    info,
    servers: [{ url: '/' }],
    tags: [],
    paths: {},
    components: {
      schemas: { Problem: PROBLEM_SCHEMA },
      responses: gatewayResponses(),
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'An API key: `my_…`.' },
        apiKey: {
          type: 'apiKey',
          in: 'header',
          name: 'X-API-Key',
          description: 'The same key in a header of its own.',
        },
      },
    },
  };
  for (const service of services) addService(merged, service);
  dropUnusedResponses(merged);
  return merged;
}

/** A service that describes all of an operation's errors itself leaves none to refer to ours. */
function dropUnusedResponses({ paths, components }: OpenApiDocument): void {
  const text = JSON.stringify(paths);
  for (const name of Object.keys(components?.['responses'] ?? {})) {
    if (!text.includes(`"#/components/responses/${name}"`)) delete components?.['responses']?.[name];
  }
}

function addService(merged: OpenApiDocument, { service, document }: ServiceDocument): void {
  const renamed = renameClashes(merged, service, document);
  for (const tag of renamed.tags ?? []) {
    if (merged.tags?.some(({ name }) => name === tag.name) === false) merged.tags.push(tag);
  }
  for (const [kind, components] of Object.entries(renamed.components ?? {})) {
    if (kind === 'securitySchemes') continue;
    merged.components = { ...merged.components, [kind]: { ...components, ...merged.components?.[kind] } };
  }
  for (const [path, operations] of Object.entries(renamed.paths)) {
    if (PRIVATE.test(path)) continue;
    merged.paths[path] = { ...merged.paths[path], ...publicOperations(operations) };
  }
}

function publicOperations(operations: Record<string, OpenApiOperation>): Record<string, OpenApiOperation> {
  return Object.fromEntries(
    Object.entries(operations).map(([method, operation]) => [
      method,
      METHODS.has(method)
        ? {
            ...operation,
            security: SECURITY,
            responses: { ...gatewayResponseReferences(), ...operation.responses },
          }
        : operation,
    ]),
  );
}

function renameClashes(merged: OpenApiDocument, service: string, document: OpenApiDocument): OpenApiDocument {
  const prefix = service.charAt(0).toUpperCase() + service.slice(1);
  const renames = new Map<string, string>();
  for (const [kind, components] of Object.entries(document.components ?? {})) {
    for (const [name, content] of Object.entries(components)) {
      if (isProblem(kind, name)) continue;
      const known = merged.components?.[kind]?.[name];
      if (known !== undefined && !isDeepStrictEqual(known, content)) {
        renames.set(`#/components/${kind}/${name}`, `#/components/${kind}/${prefix}_${name}`);
      }
    }
  }
  if (renames.size === 0) return document;
  const rewritten = rewriteReferences(document, renames) as OpenApiDocument;
  for (const [from, to] of renames) {
    const [, , kind = '', name = ''] = from.split('/');
    const components = rewritten.components?.[kind];
    if (components === undefined) continue;
    components[to.split('/')[3] ?? ''] = components[name];
    delete components[name];
  }
  return rewritten;
}

/** Every service describes the one error body that all of them have; the words may differ, the thing does not. */
function isProblem(kind: string, name: string): boolean {
  return kind === 'schemas' && name === 'Problem';
}

/** A copy in which every `$ref` follows the renames. */
function rewriteReferences(value: unknown, renames: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((item) => rewriteReferences(item, renames));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === '$ref' && typeof inner === 'string'
        ? (renames.get(inner) ?? inner)
        : rewriteReferences(inner, renames),
    ]),
  );
}
