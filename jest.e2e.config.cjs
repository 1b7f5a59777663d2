/** The tests against a real n8n: slow, sequential, separate from `npm test`. */
module.exports = {
	...require('./jest.config.cjs'),
	testMatch: ['<rootDir>/test/e2e/**/*.test.mts'],
	globalSetup: '<rootDir>/test/e2e/support/globalSetup.cjs',
	testTimeout: 5 * 60_000,
	maxWorkers: 1,
	// A failed test may leave an n8n running; the run must end all the same.
	forceExit: true,
	verbose: true,
};
