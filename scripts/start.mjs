/** Runs `start.mts`, unless this Node.js or the dependencies do not suffice. Runs on any Node.js. */
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
	fail(`Node.js 20.19 or later is needed, and this is ${process.versions.node}.`);
}
try {
	await import('tsx');
} catch (error) {
	if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
	fail('The dependencies are missing. Run npm ci first.');
}
await import('./start.mts');

function fail(message) {
	process.stderr.write(`\n${message}\n`);
	process.exit(1);
}
