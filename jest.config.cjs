/** Tests are `.mts`: n8n's strict lint is for code inside n8n and forbids timers, sockets and `process` in `.ts`. */
module.exports = {
	testEnvironment: 'node',
	roots: ['<rootDir>/test'],
	testMatch: ['<rootDir>/test/{unit,integration,celonis,simulation,fuzz}/**/*.test.mts'],
	testPathIgnorePatterns: ['\\.long\\.test\\.mts$'],
	moduleFileExtensions: ['mts', 'ts', 'mjs', 'cjs', 'js', 'json', 'node'],
	transform: {
		'\\.m?ts$': [
			'@swc/jest',
			{
				jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
				module: { type: 'commonjs' },
				sourceMaps: 'inline',
			},
		],
	},
	moduleNameMapper: { '^fast-check$': '<rootDir>/test/support/fastCheck.cjs' },
	globals: { FAST_CHECK_FILE: require.resolve('fast-check') },
	setupFiles: ['<rootDir>/test/support/environment.cjs'],
	reporters: ['default', '<rootDir>/test/support/closingLine.cjs'],
	testTimeout: 30_000,
	maxWorkers: '100%',
};
