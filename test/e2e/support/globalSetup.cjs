const { spawnSync } = require('node:child_process');
const { join } = require('node:path');

/** Jest can't load TypeScript at this point: the work is done by a process of its own. */
module.exports = () => {
	const script = join(__dirname, 'prepare.mts');
	const { status } = spawnSync(process.execPath, ['--import', 'tsx', script], {
		stdio: ['ignore', 'inherit', 'inherit'],
	});
	if (status !== 0) throw new Error('The end-to-end tests could not be prepared');
};
