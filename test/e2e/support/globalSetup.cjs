const { spawnSync } = require('node:child_process');
const { join } = require('node:path');

/** Jest cannot load TypeScript here: a separate process does the work. */
module.exports = () => {
	const script = join(__dirname, 'prepare.mts');
	const { status } = spawnSync(process.execPath, ['--import', 'tsx', script], {
		stdio: ['ignore', 'inherit', 'inherit'],
	});
	if (status !== 0) throw new Error('The end-to-end tests could not be prepared');
};
