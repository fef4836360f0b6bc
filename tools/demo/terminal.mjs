const colour = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;

const paint = (code) => (text) => (colour ? `\u001b[${code}m${text}\u001b[0m` : String(text));
export const bold = paint(1);
export const dim = paint(2);
export const green = paint(32);
export const red = paint(31);
export const cyan = paint(36);

export const isTerminal = process.stdout.isTTY === true;
export const hasColour = colour;

export const say = (line = '') => process.stdout.write(`${line}\n`);

/** Writes a line that the next one replaces; nothing where the output is no terminal. */
export function sayOver(line) {
  if (isTerminal) process.stdout.write(`\r\u001b[2K${line}`);
}

export function clearLine() {
  if (isTerminal) process.stdout.write('\r\u001b[2K');
}

/** A bar of block characters. @param {number} share between 0 and 1 @param {number} width in columns */
export function bar(share, width) {
  const eighths = Math.round(Math.max(0, Math.min(1, share)) * width * 8);
  const rest = ' ▏▎▍▌▋▊▉'[eighths % 8];
  const full = '█'.repeat(Math.floor(eighths / 8));
  return (full + (eighths % 8 === 0 ? '' : rest)).padEnd(width);
}
