// n8n's strict mode fixes `eslint.config.mjs`, and its rules are for code that runs inside n8n.
// Tests and scripts run beside n8n: they get the general rules from here.
import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig({
	files: ['**/*.mts'],
	extends: [js.configs.recommended, tseslint.configs.recommended],
	languageOptions: { globals: {} },
	rules: {
		'no-undef': 'off', // TypeScript checks names
		'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
	},
});
