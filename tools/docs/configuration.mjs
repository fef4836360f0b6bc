/**
 * @typedef {{ name: string, description: string, required: boolean, default?: string, example?: string, secret: boolean, rules: string[] }} Variable
 * @typedef {{ name: string, variables: Variable[] }} Service
 */

/** Every variable once, with the services that read it. @param {Service[]} services */
function byVariable(services) {
  const all = new Map();
  for (const service of services) {
    for (const variable of service.variables) {
      const known = all.get(variable.name) ?? { ...variable, services: [], defaults: new Set() };
      known.services.push(service.name);
      known.defaults.add(variable.default);
      all.set(variable.name, known);
    }
  }
  return [...all.values()];
}

/** @param {Service[]} services @returns {string} the text of .env.example */
export function environmentExample(services) {
  const lines = [
    '# Every variable that the services read. Written by tools/docs/generate.mjs from their configuration classes.',
    '# `npm run demo` and `npm run dev` set what is needed by themselves.',
    '',
  ];
  for (const {
    name,
    description,
    required,
    default: fallback,
    example,
    secret,
    rules,
    services: readers,
    defaults,
  } of byVariable(services)) {
    lines.push(`# ${description} Read by ${readers.join(', ')}.`);
    if (rules.length > 0) lines.push(`# It ${rules.join(', and ')}.`);
    if (defaults.size > 1) lines.push(`# By default: ${[...defaults].join(', ')}, in that order.`);
    const value = secret ? '' : (example ?? fallback ?? '');
    lines.push(required ? `${name}=${value}` : `#${name}=${value}`, '');
  }
  return lines.join('\n');
}

/** @param {Service[]} services @returns {string} the text of docs/CONFIGURATION.md */
export function configurationPage(services) {
  const escape = (text) => text.replaceAll('|', '\\|');
  const lines = [
    '# Configuration',
    '',
    'Each service reads its environment once, at start. When anything in it is wrong, the service does not start, and names every wrong variable at once. Values of secrets are never printed.',
    '',
    'This page is written by `tools/docs/generate.mjs` from the configuration classes (`apps/*/src/*.config.ts`).',
    '',
  ];
  for (const { name, variables } of services) {
    lines.push(`## ${name}`, '', '| variable | meaning | default | rules |', '| --- | --- | --- | --- |');
    for (const { name: variable, description, required, default: fallback, secret, rules } of variables) {
      const value = required
        ? '**required**'
        : fallback === undefined || fallback === ''
          ? '–'
          : `\`${fallback}\``;
      lines.push(
        `| \`${variable}\` | ${escape(description)}${secret ? ' *Secret.*' : ''} | ${value} | ${escape(rules.join('; '))} |`,
      );
    }
    lines.push('');
  }
  return lines.join('\n');
}
