import type { OnApplicationBootstrap } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { RegistryConfig } from '../registry.config';
import { AdoptOperatorKey } from './adopt-operator-key';
import { MakeFirstAdminKey } from './make-first-admin-key';

/** Before the first request, there is a key to send it with. */
@Injectable()
export class PrepareAdminKey implements OnApplicationBootstrap {
  constructor(
    private readonly makeFirst: MakeFirstAdminKey,
    private readonly adopt: AdoptOperatorKey,
    private readonly config: RegistryConfig,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const given = this.config.adminApiKey;
    if (given === undefined) await this.makeFirst.execute();
    else await this.adopt.execute(given);
  }
}
