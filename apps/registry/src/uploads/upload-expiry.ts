import { Injectable } from '@nestjs/common';
import { RegistryConfig } from '../registry.config';
import { Clock } from '../sources/clock';

const HOUR_MS = 3600_000;

/** How long uploads stay. */
@Injectable()
export class UploadExpiry {
  constructor(
    private readonly clock: Clock,
    private readonly config: RegistryConfig,
  ) {}

  /** When an upload ends that somebody needed just now, in milliseconds. */
  next(): number {
    return this.clock.now() + this.config.uploadExpiryHours * HOUR_MS;
  }
}
