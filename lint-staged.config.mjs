export default {
  '*.{ts,mjs,cjs}': ['prettier --write', 'eslint --max-warnings=0'],
  '*.{json,md,yml,yaml,html,css}': 'prettier --write --ignore-unknown',
};
