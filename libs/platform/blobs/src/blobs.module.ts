import { HealthCheck, HealthRegistry } from '@modelyard/platform-observability';
import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { BlobStore } from './blob-store';
import { openBlobStore } from './open-blob-store';

class BlobStoreHealth extends HealthCheck {
  readonly name = 'artifacts';

  constructor(
    private readonly store: BlobStore,
    override readonly required: boolean,
  ) {
    super();
  }

  check(): Promise<void> {
    return this.store.ping();
  }
}

/** Gives the application its `BlobStore`. */
@Module({})
export class BlobsModule {
  /** @param options `required: false` for a service that can do without for a while; it stays ready then */
  static of(options: { url: string; required?: boolean }): DynamicModule {
    const store = {
      provide: BlobStore,
      inject: [HealthRegistry],
      useFactory: (health: HealthRegistry) => {
        const opened = openBlobStore(options.url);
        health.add(new BlobStoreHealth(opened, options.required ?? true));
        return opened;
      },
    };
    return { module: BlobsModule, global: true, providers: [store], exports: [BlobStore] };
  }
}
