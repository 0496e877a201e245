import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  {ignores: ['dist/', 'build/', 'test/consumers/']},
  eslint.configs.recommended,
  {
    files: ['**/*.ts', '**/*.mts'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: {parserOptions: {projectService: true, tsconfigRootDir: import.meta.dirname}},
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', {fixStyle: 'inline-type-imports'}],
      '@typescript-eslint/restrict-template-expressions': ['error', {allowNumber: true}],
      // A type parameter that stands once is how the SDK's own interface lets the caller name what it gets.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // The compiler asks for the brackets where a name may not be there.
      '@typescript-eslint/dot-notation': 'off',
      // Signatures and hashes as the SDK writes them, so that its documentation reads on here.
      '@typescript-eslint/unified-signatures': 'off',
      '@typescript-eslint/consistent-indexed-object-style': 'off',
    },
  },
  {
    files: ['**/*.test.ts', 'test/**/*.ts'],
    rules: {
      // node:test's own functions answer promises that its runner awaits.
      '@typescript-eslint/no-floating-promises': [
        'error',
        {allowForKnownSafeCalls: [{from: 'package', package: 'node:test', name: ['test', 'it', 'describe', 'suite']}]},
      ],
    },
  },
  {
    files: ['**/*.js'],
    languageOptions: {sourceType: 'commonjs', globals: {globalThis: 'readonly'}},
  },
  {
    files: ['**/*.mjs'],
    languageOptions: {globals: {console: 'readonly', process: 'readonly', URL: 'readonly', fetch: 'readonly', setTimeout: 'readonly', clearTimeout: 'readonly'}},
  },
);
