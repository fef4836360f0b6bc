import { randomBytes, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';

/** Where ids and secrets come from, so that tests can foretell them. */
@Injectable()
export class Identifiers {
  /** 32 hex digits, as MLflow writes run ids. */
  runId(): string {
    return randomUUID().replaceAll('-', '');
  }

  eventId(): string {
    return randomUUID();
  }

  /** A whole API key: its id and 256 random bits. */
  apiKey(): { id: string; key: string } {
    const id = randomBytes(8).toString('hex');
    return { id, key: `my_${id}_${randomBytes(32).toString('base64url')}` };
  }
}
