/** The tests against a real n8n: slow, separate from `npm test`. */
module.exports = {
	...require('./jest.config.cjs'),
	testMatch: ['<rootDir>/test/e2e/**/*.test.mts'],
	globalSetup: '<rootDir>/test/e2e/support/globalSetup.cjs',
	testTimeout: 5 * 60_000,
	// Each file has an n8n of its own, which waits most of the time.
	maxWorkers: 2,
	// A failed test may leave an n8n running; the run must end all the same.
	forceExit: true,
	verbose: true,
};
