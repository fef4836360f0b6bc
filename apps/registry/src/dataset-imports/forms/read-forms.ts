import type { FastifyInstance } from 'fastify';
import { leaveBodyInStream } from '../../uploads/leave-body-in-stream';

/** Leaves forms in their stream, for the routes that read them (`TakesForms`). */
export function readForms(instance: FastifyInstance): void {
  leaveBodyInStream(instance, 'multipart/form-data', [
    '/api/v1/datasets',
    '/api/v1/datasets/:name/versions/:version/append',
  ]);
}
