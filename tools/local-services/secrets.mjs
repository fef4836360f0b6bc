import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

/** The password in `file`; made on first use, readable by its owner only. */
export function passwordIn(file) {
  const made = `${file}.${process.pid}`;
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  writeFileSync(made, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 });
  try {
    linkSync(made, file); // of two starters, the first wins
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  } finally {
    rmSync(made, { force: true });
  }
  return readFileSync(file, 'utf8').trim();
}
