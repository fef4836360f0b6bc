import { bar, bold, dim, green, hasColour, red } from './terminal.mjs';

const RAMP = ' .:-=+*#%@';

/** One row of pixels, each two columns wide, so that it looks square. @param {number[]} row from 0 to `maximum` */
function pixels(row, maximum) {
  if (!hasColour)
    return row.map((value) => RAMP[Math.round((value / maximum) * (RAMP.length - 1))].repeat(2)).join('');
  return `${row.map((value) => `\u001b[48;5;${232 + Math.round((value / maximum) * 23)}m  `).join('')}\u001b[0m`;
}

/**
 * A digit as a small picture, with what the model says about it at its right.
 * @param {number[][]} image rows of grey values @param {number} maximum the brightest value
 * @param {string} label what it really is
 * @param {{ prediction: string, confidence: number, probabilities: Record<string, number>, predictionId: string }} answer
 * @returns {string[]} lines
 */
export function picture(image, maximum, label, answer) {
  const right = answer.prediction === label;
  const likeliest = Object.entries(answer.probabilities)
    .sort(([, a], [, b]) => b - a)
    .slice(0, 5);
  const text = [
    `${right ? green('✓') : red('✗')} predicted ${bold(answer.prediction)}, it is ${bold(label)}`,
    ...likeliest.map(([name, p]) => `  ${name} ${bar(p, 20)} ${(100 * p).toFixed(2).padStart(6)} %`),
    dim(`  ${answer.predictionId}`),
  ];
  return image.map((row, index) => `  ${pixels(row, maximum)}   ${text[index] ?? ''}`);
}
