import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createCheckout, type Checkout } from './support/checkout.mts';

/** Fills a folder of the cache in two steps, with enough time between them for another process. */
const SCRIPT = `
import { writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { getOrCreateCached } from './scripts/n8n/cache.mts';

await getOrCreateCached('program', async (folder) => {
	console.log('filling');
	await writeFile(folder + '/first', '1');
	if (process.env.CRASH) process.kill(process.pid, 'SIGKILL');
	await delay(1000);
	await writeFile(folder + '/second', '2');
});
`;

let checkout: Checkout;

beforeAll(async () => {
	checkout = await createCheckout();
	await checkout.write('fill.mts', SCRIPT);
});
afterAll(async () => await checkout.remove());

it('of two first installs at once, one waits for the other; a crashed one leaves nothing', async () => {
	await checkout.run({ CRASH: '1' }, 'fill.mts').ended;

	const runs = [checkout.run({}, 'fill.mts'), checkout.run({}, 'fill.mts')];
	const ended = await Promise.all(runs.map((run) => run.ended));

	expect(ended.map(({ code }) => code)).toEqual([0, 0]);
	expect(ended.map(({ output }) => output).sort()).toEqual([
		'Another process is installing .cache/program. Waiting …\n',
		'filling\n',
	]);
	const cache = join(checkout.folder, '.cache');
	expect(await readdir(cache)).toEqual(['program']);
	expect(await readFile(join(cache, 'program', 'second'), 'utf8')).toBe('2');
});
