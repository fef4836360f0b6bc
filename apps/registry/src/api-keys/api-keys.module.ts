import { Module } from '@nestjs/common';
import { AdminKey } from './admin-key';
import { AdoptOperatorKey } from './adopt-operator-key';
import { ApiKeyRepository } from './api-key.repository';
import { ApiKeysController } from './api-keys.controller';
import { CreateApiKey } from './create-api-key';
import { DrizzleApiKeyRepository } from './drizzle-api-key.repository';
import { InternalApiKeysController } from './internal-api-keys.controller';
import { MakeFirstAdminKey } from './make-first-admin-key';
import { PrepareAdminKey } from './prepare-admin-key';
import { ReadKeyDigests } from './read-key-digests';
import { RevokeApiKey } from './revoke-api-key';
import { ShowFirstKey } from './show-first-key';

@Module({
  controllers: [ApiKeysController, InternalApiKeysController],
  providers: [
    CreateApiKey,
    RevokeApiKey,
    ReadKeyDigests,
    AdminKey,
    AdoptOperatorKey,
    MakeFirstAdminKey,
    PrepareAdminKey,
    ShowFirstKey,
    { provide: ApiKeyRepository, useClass: DrizzleApiKeyRepository },
  ],
})
export class ApiKeysModule {}
