import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Injectable } from '@nestjs/common';
import { RegistryConfig } from '../registry.config';

/** Shows the first admin key, once: in a file that only its owner reads, else on standard output. Never in a log. */
@Injectable()
export class ShowFirstKey {
  constructor(private readonly config: RegistryConfig) {}

  async execute(key: string): Promise<void> {
    const file = this.config.adminKeyFile;
    if (file === undefined) {
      process.stdout.write(`\nThe first admin key, shown this once: ${key}\n\n`);
      return;
    }
    await mkdir(dirname(file), { recursive: true });
    const half = `${file}.${process.pid}.tmp`;
    await writeFile(half, `${key}\n`, { mode: 0o600 });
    await rename(half, file);
  }
}
