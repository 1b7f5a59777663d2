/** The tests against a real n8n: slow, one after the other, outside `npm test`. */
module.exports = {
	...require('./jest.config.cjs'),
	testMatch: ['<rootDir>/test/e2e/**/*.test.mts'],
	globalSetup: '<rootDir>/test/e2e/support/globalSetup.cjs',
	testTimeout: 5 * 60_000,
	maxWorkers: 1,
	// A failed test may leave an n8n behind; the run must end and say so all the same.
	forceExit: true,
	verbose: true,
};
