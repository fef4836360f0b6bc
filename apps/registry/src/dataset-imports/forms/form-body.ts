import type { ApiBodyOptions } from '@nestjs/swagger';
import { getSchemaPath } from '@nestjs/swagger';
import { CreateDatasetDto } from '../dto/create-dataset.dto';

/** How the body of an import is documented. A form says the same in fields; see `readFormFields`. */
export const CREATE_BODY = {
  required: true,
  schema: { $ref: getSchemaPath(CreateDatasetDto) },
  examples: {
    wellKnown: { summary: 'A well-known set', value: { name: 'mnist' } },
    uploads: {
      summary: 'Files that were uploaded',
      value: {
        name: 'flowers',
        target: 'species',
        source: { type: 'upload', uploads: [{ id: '0b5c1f0e8a4d4f6b9c7d2e3f4a5b6c7d' }] },
      },
    },
    url: {
      summary: 'A file on the web',
      value: {
        name: 'flowers',
        source: { type: 'url', url: 'https://example.org/flowers.zip', sha256: 'ab'.repeat(32) },
      },
    },
  },
} as ApiBodyOptions;
