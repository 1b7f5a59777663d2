/**
 * Reading tests against a team: the one of the environment, or a simulated one. One after the other, so
 * that a team gets few requests at a time.
 */
module.exports = {
	...require('./jest.config.cjs'),
	testMatch: ['<rootDir>/test/conformance/**/*.test.mts'],
	testTimeout: 5 * 60_000,
	maxWorkers: 1,
	verbose: true,
};
