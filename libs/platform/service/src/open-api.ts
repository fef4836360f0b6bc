import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type * as Swagger from '@nestjs/swagger';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { FastifyInstance } from 'fastify';
import { ERROR_CODES } from '@modelyard/contracts';
import { PROBLEM_MEDIA_TYPE } from '@modelyard/platform-errors';

const METHODS = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options'] as const;

const PROBLEM_SCHEMA = {
  type: 'object',
  description: 'What went wrong (RFC 9457).',
  required: ['type', 'title', 'status', 'code', 'detail'],
  properties: {
    type: { type: 'string', example: '/problems/validation-failed' },
    title: { type: 'string', example: 'The request is not valid' },
    status: { type: 'integer', example: 400 },
    code: { type: 'string', enum: [...ERROR_CODES], example: 'VALIDATION_FAILED' },
    detail: { type: 'string', example: 'name: must be a string' },
    instance: { type: 'string', example: '/api/v1/models' },
    requestId: { type: 'string', description: 'Finds the request in the logs.' },
    errors: {
      type: 'array',
      description: 'Each wrong field, by its path as it was sent.',
      items: {
        type: 'object',
        required: ['path', 'message'],
        properties: {
          path: { type: 'string', example: 'rows[2].name' },
          message: { type: 'string', example: 'must be a string' },
        },
      },
    },
  },
};

/** Gives the service's OpenAPI document at `GET /internal/openapi.json`; it is made when first asked for. */
export function addOpenApiRoute(
  instance: FastifyInstance,
  app: NestFastifyApplication,
  about: { title: string; description: string },
): void {
  let document: string | undefined;
  instance.get('/internal/openapi.json', (_, reply) => {
    document ??= JSON.stringify(createDocument(app, about));
    return reply.type('application/json').send(document);
  });
}

function createDocument(
  app: NestFastifyApplication,
  about: { title: string; description: string },
): OpenAPIObject {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a service that nobody asks need not pay for it
  const { DocumentBuilder, SwaggerModule } = require('@nestjs/swagger') as typeof Swagger;
  const config = new DocumentBuilder().setTitle(about.title).setDescription(about.description).build();
  return withProblems(SwaggerModule.createDocument(app, config));
}

/** Every operation may fail, and always with the same body: said here once, not at every handler. */
function withProblems(document: OpenAPIObject): OpenAPIObject {
  document.components = { ...document.components };
  document.components.schemas = { ...document.components.schemas, Problem: PROBLEM_SCHEMA };
  const content = { [PROBLEM_MEDIA_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } };
  for (const path of Object.values(document.paths)) {
    for (const method of METHODS) {
      const operation = path[method];
      if (operation === undefined) continue;
      operation.responses['default'] ??= { description: 'What went wrong.', content };
    }
  }
  return document;
}
