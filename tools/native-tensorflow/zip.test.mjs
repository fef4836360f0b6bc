import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { unzip } from './zip.mjs';

let folder;
before(async () => (folder = await mkdtemp(join(tmpdir(), 'modelyard-zip-'))));
after(() => rm(folder, { recursive: true }));

/** A zip file by the format's description (APPNOTE 6.3), independent of the reader. */
function zipOf(files) {
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const { name, content, stored, claimedSize } of files) {
    const packed = stored ? content : deflateRawSync(content);
    const nameBytes = Buffer.from(name);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(nameBytes.length, 26);
    const extra = Buffer.from('extra'); // local and central extra fields may differ in length
    local.writeUInt16LE(extra.length, 28);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(stored ? 0 : 8, 10);
    central.writeUInt32LE(packed.length, 20);
    central.writeUInt32LE(claimedSize ?? content.length, 24);
    central.writeUInt16LE(nameBytes.length, 28);
    central.writeUInt32LE(offset, 42);
    parts.push(local, nameBytes, extra, packed);
    directory.push(central, nameBytes);
    offset += local.length + nameBytes.length + extra.length + packed.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, central, end]);
}

async function unpack(name, content, isKept = () => true) {
  const archive = join(folder, `${name}.zip`);
  await writeFile(archive, content);
  const target = join(folder, name);
  return { target, written: await unzip(archive, target, isKept) };
}

test('unpacks what is asked for, and nothing else', async () => {
  const large = Buffer.alloc(3_000_000, 'tensor');
  const files = [
    { name: 'lib/', content: Buffer.alloc(0), stored: true },
    { name: 'lib/large.so', content: large },
    { name: 'lib/stored.so', content: Buffer.from('stored'), stored: true },
    { name: 'lib/empty.h', content: Buffer.alloc(0), stored: true },
    { name: 'other.txt', content: Buffer.from('not wanted') },
  ];
  const { target, written } = await unpack('good', zipOf(files), (name) => name.startsWith('lib/'));
  assert.deepEqual(written, ['lib/large.so', 'lib/stored.so', 'lib/empty.h']);
  assert.ok((await readFile(join(target, 'lib/large.so'))).equals(large));
  assert.equal(await readFile(join(target, 'lib/stored.so'), 'utf8'), 'stored');
  assert.equal(await readFile(join(target, 'lib/empty.h'), 'utf8'), '');
  assert.deepEqual(await readdir(target), ['lib']);
});

test('refuses a file that is cut off or no zip file', async () => {
  const whole = zipOf([{ name: 'a', content: Buffer.from('content') }]);
  await assert.rejects(unpack('cut', whole.subarray(0, -30)), /no central directory/);
  await assert.rejects(unpack('none', Buffer.from('<html>sign in</html>')), /not a zip file/);
});

test('refuses an entry of the wrong size, or outside its folder', async () => {
  const content = Buffer.from('content');
  await assert.rejects(unpack('size', zipOf([{ name: 'a', content, claimedSize: 9 }])), /wrong size/);
  await assert.rejects(unpack('outside', zipOf([{ name: '../a', content }])), /outside its folder/);
});
