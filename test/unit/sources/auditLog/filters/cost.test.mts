import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';

const script = join(__dirname, 'cost.mts');

it('costs less than parsing the JSON of the records', async () => {
	const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', script]);
	const { records, shares } = JSON.parse(stdout) as {
		records: number;
		shares: Record<string, number>;
	};
	const lines = Object.entries(shares).map(([name, share]) => `  ${name}: ${share.toFixed(2)}`);
	process.stderr.write(
		`Filtering ${records} records, as a share of the time of JSON.parse:\n${lines.join('\n')}\n`,
	);
	for (const [name, share] of Object.entries(shares))
		expect([name, share < 1]).toEqual([name, true]);
}, 60_000);
