import type { FastifyInstance } from 'fastify';
import { leaveBodyInStream } from '../leave-body-in-stream';
import { TUS_CONTENT } from './tus-headers';

/** Leaves the content of uploads in its stream: nothing holds it as a whole. */
export function readUploadBodies(instance: FastifyInstance): void {
  leaveBodyInStream(instance, TUS_CONTENT, ['/api/v1/uploads', '/api/v1/uploads/:id']);
}
