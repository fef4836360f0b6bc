import type { ClassRule, ImageRule } from '@modelyard/contracts';
import { boundTexts } from '../check/statement';
import type { Bind } from '../check/statement';
import { listed, rulePath } from './wording';
import type { RowRule } from './row-rule';

/** Rows of a class that there may not be. */
export function classRowRules({ allowed }: ClassRule, label: string): RowRule[] {
  if (!allowed) return [];
  return [
    {
      path: rulePath('classes', 'allowed'),
      message: `the class is none of ${listed(allowed)}`,
      expected: `one of ${listed(allowed)}`,
      shown: label,
      breaks: (bind) => `${label} not in (${fromList(allowed, bind)})`,
    },
  ];
}

/** Files of images that are too small, too large, or of another format. */
export function imageRowRules(rule: ImageRule): RowRule[] {
  const rules: RowRule[] = [];
  for (const side of ['width', 'height'] as const) {
    const [minimum, maximum] =
      side === 'width' ? [rule.minimumWidth, rule.maximumWidth] : [rule.minimumHeight, rule.maximumHeight];
    const name = `${side[0]?.toUpperCase()}${side.slice(1)}`;
    const shown = `name || ': ' || width || ' x ' || height`;
    if (minimum !== undefined) {
      rules.push({
        path: rulePath('image', `minimum${name}`),
        message: `the ${side} is below ${minimum} pixels`,
        expected: `at least ${minimum} pixels`,
        shown,
        breaks: (bind) => `${side} < ${bind(minimum)}`,
      });
    }
    if (maximum !== undefined) {
      rules.push({
        path: rulePath('image', `maximum${name}`),
        message: `the ${side} is above ${maximum} pixels`,
        expected: `at most ${maximum} pixels`,
        shown,
        breaks: (bind) => `${side} > ${bind(maximum)}`,
      });
    }
  }
  const { channels, formats } = rule;
  if (channels) {
    rules.push({
      path: rulePath('image', 'channels'),
      message: `the number of channels is none of ${listed(channels)}`,
      expected: `${listed(channels)} channels`,
      shown: `name || ': ' || channels`,
      breaks: (bind) => `channels not in (${channels.map((value) => bind(value)).join(', ')})`,
    });
  }
  if (formats) {
    rules.push({
      path: rulePath('image', 'formats'),
      message: `the format is none of ${listed(formats)}`,
      expected: `one of ${listed(formats)}`,
      shown: `name || ': ' || format`,
      breaks: (bind) =>
        `lower(format) not in (${fromList(
          formats.map((format) => format.toLowerCase()),
          bind,
        )})`,
    });
  }
  return rules;
}

function fromList(values: readonly string[], bind: Bind): string {
  return `select unnest(${boundTexts(values, bind)})`;
}
