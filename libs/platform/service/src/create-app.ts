import type { IncomingMessage } from 'node:http';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createValidationPipe, ProblemFilter } from '@modelyard/platform-errors';
import type { AppError } from '@modelyard/platform-errors';
import {
  createLogger,
  HttpMetrics,
  Logger,
  NestLogger,
  requestIdOf,
} from '@modelyard/platform-observability';
import { HEADERS } from '@modelyard/contracts';
import type { Problem } from '@modelyard/contracts';
import { answerClientError } from './client-errors';
import { addOpenApiRoute } from './open-api';
import { addRequestHooks } from './request-hooks';
import { RouteTable } from './route-table';
import type { ServiceDefinition } from './service-definition';
import { ServiceRootModule } from './service-root.module';

const DEFAULT_BODY_LIMIT = 1024 * 1024;
/** Longer than names may be, so that a name that is too long is refused by its own rule, not as an unknown route. */
const MAX_PARAM_LENGTH = 1024;

/** Makes the service's app with everything that services share, ready to listen. */
export async function createApp(definition: ServiceDefinition): Promise<NestFastifyApplication> {
  const { config, name } = definition;
  const logger = createLogger({ service: name, level: config.logLevel, format: config.logFormat });
  const routes = new RouteTable();
  const filter = new ProblemFilter({
    allowedMethods: (path) => routes.methodsAt(path),
    report: (error, problem) => report(logger, error, problem),
  });
  const adapter = new FastifyAdapter({
    bodyLimit: definition.bodyLimit ?? DEFAULT_BODY_LIMIT,
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
    requestIdHeader: false,
    genReqId: (request: IncomingMessage) => requestIdOf(request.headers),
    // While it closes, a request that came in over an open connection is answered as ever, and its connection closed.
    return503OnClosing: false,
    clientErrorHandler: answerClientError,
    // Before a route is found no hook runs, so the answer's id is set here.
    frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) =>
      filter.answer(error, request, reply.header(HEADERS.requestId, request.id)),
  });
  const instance = adapter.getInstance();
  routes.watch(instance);
  // Only JSON unless the service adds more: text and forms would reach handlers as strings that no DTO expects.
  instance.removeContentTypeParser('text/plain');
  const app = await NestFactory.create<NestFastifyApplication>(ServiceRootModule.of(definition), adapter, {
    logger: new NestLogger(logger),
    bodyParser: false,
    abortOnError: false,
  });
  addRequestHooks(instance, app.get(HttpMetrics), app.get(Logger));
  if (definition.openApi !== undefined) addOpenApiRoute(instance, app, definition.openApi);
  await definition.configureFastify?.(instance);
  app.useGlobalFilters(filter);
  app.useGlobalPipes(createValidationPipe());
  return app;
}

/** What we broke is an error with its stack; what is away or full for a while is a warning. */
function report(logger: Logger, error: AppError, problem: Problem): void {
  const line = {
    code: problem.code,
    path: problem.instance,
    requestId: problem.requestId,
    err: error.cause ?? error,
  };
  if (problem.status === 500) logger.error(line, 'request failed');
  else logger.warn(line, 'request could not be served');
}
