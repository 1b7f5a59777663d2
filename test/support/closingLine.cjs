const { writeSync } = require('node:fs');

/** Jest reporter: the run's very last line is `N passed, N failed`, plain, for scripts to read. */
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
