// What counts as valid HTML here: the standard's rules, without matters of taste.
export const html = {
  root: true,
  extends: ['html-validate:standard'],
  elements: ['html5', { 'ds-field': { inherit: 'div' } }],
  rules: {
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
    'doctype-style': 'off',
    'long-title': 'off',
    'no-inline-style': 'error',
    'no-raw-characters': 'off', // quotes in text are fine
    'no-trailing-whitespace': 'off',
    'prefer-native-element': 'off', // tables that become cards name their roles again
    'no-redundant-role': 'off', // likewise
    'require-sri': 'off', // everything is ours
    'void-style': 'off',
    'text-content': 'off', // axe looks at names, with the page as it is shown
    'wcag/h30': 'off',
    'wcag/h32': 'off', // forms that save on a tick have their button; menus of buttons too
  },
};
