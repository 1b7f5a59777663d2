import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findFreePort } from '../../../scripts/n8n/ports.mts';
import { waitFor } from '../../../scripts/n8n/waitFor.mts';
import { createCheckout, type Checkout, type Ended } from './support/checkout.mts';

/** Ends `npm start` before it builds anything: the last of the checks of the environment. */
const NO_N8N = { N8N_BIN: '/nowhere/n8n' };

let checkout: Checkout;
let port: string;

beforeAll(async () => {
	checkout = await createCheckout();
	port = String(await findFreePort());
});
afterAll(async () => await checkout.remove());

const expectOneLine = ({ code, output }: Ended, message: RegExp) => {
	expect(code).toBe(1);
	const lines = output.split('\n').filter((line) => line !== '');
	expect(lines).toEqual([expect.stringMatching(message)]);
};

describe('npm start', () => {
	it('says in one line which folder or file cannot be used', async () => {
		const file = await checkout.write('file', '');
		const folder = join(checkout.folder, 'folder');
		await mkdir(folder);
		const bad = await createCheckout();
		await bad.write('.cache', '');

		const [home, below, n8n, cache] = await Promise.all([
			checkout.run({ N8N_PORT: port, N8N_DEMO_HOME: file }).ended,
			checkout.run({ N8N_PORT: port, N8N_DEMO_HOME: `${file}/home` }).ended,
			checkout.run({ N8N_PORT: port, N8N_DEMO_HOME: `${folder}-2`, N8N_BIN: folder }).ended,
			bad.run({ N8N_PORT: port }).ended,
		]);
		await bad.remove();

		expectOneLine(home, /^file cannot be used: it is a file, not a folder\.$/);
		expectOneLine(below, /^file\/home cannot be used: a part of the path is a file/);
		expectOneLine(n8n, /^N8N_BIN is a folder, not n8n's program: \S+folder$/);
		expectOneLine(cache, /^\.cache cannot be used: it is a file, not a folder\.$/);
	});

	it('says in one line that the port is in use, also by a server of IPv6 only', async () => {
		const server = createServer();
		server.listen(0, '::1');
		await once(server, 'listening');
		const { port: used } = server.address() as AddressInfo;

		const { code, output } = await checkout.run({ N8N_PORT: String(used), ...NO_N8N }).ended;
		server.close();

		expectOneLine(
			{ code, output },
			new RegExp(`^Port ${used} is in use.*N8N_PORT=\\d+ npm start$`),
		);
	});

	it('shows the output of an N8N_BIN that ends at once', async () => {
		const long = 'x'.repeat(300);
		const n8n = await checkout.write(
			'bad-n8n',
			`#!/bin/sh\necho "No such setting ${long}"\nexit 3\n`,
		);
		const settings = { N8N_PORT: port, N8N_DEMO_HOME: join(checkout.folder, 'bad-home') };

		const { code, output } = await checkout.run({ ...settings, N8N_BIN: n8n }).ended;

		expect(code).toBe(1);
		expect(output).toMatch(
			/\nn8n has ended by itself \(exit code 3\)\. Its last lines:\nNo such setting x+…\n$/,
		);
		expect(output).not.toMatch(/^\s+at /m);
		expect(Math.max(...output.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
	});

	it('is refused in one line if another one uses the folder, until that is killed', async () => {
		const home = join(checkout.folder, 'home');
		const n8n = await checkout.write('slow-n8n', '#!/bin/sh\nexec sleep 60\n');
		const settings = { N8N_DEMO_HOME: home, N8N_BIN: n8n };
		const first = checkout.run({ ...settings, N8N_PORT: port });
		await waitFor(() => first.output().includes('Building') || undefined, {
			description: 'the first start',
			timeoutMs: 20_000,
		});
		const otherPort = String(await findFreePort());

		const second = await checkout.run({ ...settings, N8N_PORT: otherPort }).ended;
		first.kill('SIGKILL');
		await first.ended;
		const third = await checkout.run({ ...settings, ...NO_N8N, N8N_PORT: otherPort }).ended;

		expectOneLine(
			second,
			/^Another npm start uses home\. Stop it, or set another N8N_DEMO_HOME\.$/,
		);
		expectOneLine(third, /^N8N_BIN: there is no file/);
	});
});
