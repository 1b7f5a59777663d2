const config = require('./jest.config.cjs');

/** Tests that take too long for every run of `npm test`. */
module.exports = {
	...config,
	testMatch: ['<rootDir>/test/**/*.long.test.mts'],
	testPathIgnorePatterns: [],
};
