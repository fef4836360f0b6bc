/** What a checkpoint belongs to. It also makes every job's checkpoints different content, so one job may delete its own. */
export interface CheckpointHeader {
  trainingJobId: string;
  recipeDigest: string;
  datasetDigest: string;
  backend: string;
  epoch: number;
}

const MAGIC = Buffer.from('MYCKPT1\n', 'latin1');

/** Layout: 8 bytes of magic, the header's length (uint32, little-endian), the header as JSON, the state. */
export function sealCheckpoint(header: CheckpointHeader, state: Buffer): Buffer {
  const json = Buffer.from(JSON.stringify(header), 'utf8');
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  return Buffer.concat([MAGIC, length, json, state]);
}

/** @throws Error when the content is no checkpoint of ours */
export function openCheckpoint(content: Buffer): { header: CheckpointHeader; state: Buffer } {
  const start = MAGIC.length + 4;
  if (content.length < start || !content.subarray(0, MAGIC.length).equals(MAGIC)) {
    throw new Error('it does not begin like a checkpoint');
  }
  const end = start + content.readUInt32LE(MAGIC.length);
  if (end > content.length) throw new Error('it is cut short');
  const header = JSON.parse(content.subarray(start, end).toString('utf8')) as CheckpointHeader;
  return { header, state: content.subarray(end) };
}
