import { hash } from 'node:crypto';
import { product } from '@modelyard/ml-tensors';
import type { DatasetPart } from '@modelyard/contracts';
import type { TableEngine } from '@modelyard/ml-tables';
import { readPart } from '../read/read-part';
import type { ContentStore } from '../store/content-store';
import { SAMPLES } from './names';

const DIGEST_BYTES = 16;

/** Finds `content` of all samples in these parts: the digest of their pixels alone. */
export async function hashPixels(
  engine: TableEngine,
  store: ContentStore,
  images: { shape: number[]; parts: DatasetPart[]; firstPart: number },
): Promise<void> {
  const size = product(images.shape);
  await engine.run('create or replace temp table version_content(part integer, pos integer, content blob)');
  const appender = await engine.appender('version_content');
  let buffer: Buffer = Buffer.alloc(0);
  for (const [index, part] of images.parts.entries()) {
    buffer = await readPart(store, part, part.rows * size, buffer);
    for (let pos = 0; pos < part.rows; pos++) {
      const digest = hash('sha256', buffer.subarray(pos * size, (pos + 1) * size), 'buffer');
      appender.appendInteger(images.firstPart + index);
      appender.appendInteger(pos);
      appender.appendBlob(digest.subarray(0, DIGEST_BYTES));
      appender.endRow();
    }
  }
  appender.closeSync();
  await engine.run(
    `update ${SAMPLES} set content = c.content from version_content c
     where c.part = ${SAMPLES}.part and c.pos = ${SAMPLES}.pos`,
  );
  await engine.run('drop table version_content');
}
