const { writeSync } = require('node:fs');

/** Jest reporter: the last line of the output is `N passed, N failed`, for scripts. */
class ClosingLine {
	onRunComplete(_contexts, results) {
		const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
		const skipped = results.numPendingTests + results.numTodoTests;
		const line = `${results.numPassedTests} passed, ${failed} failed`;
		process.once('exit', () => {
			writeSync(1, `\n${line}${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
		});
	}
}

module.exports = ClosingLine;
