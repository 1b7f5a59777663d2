/**
 * What real proxies respond in place of Celonis, as the nodes show it, in n8n-core. Requires Debian's
 * nginx and tinyproxy.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { constants } from 'node:fs';
import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { findFreePort } from '../../scripts/n8n/ports.mts';
import { defaultPoolId } from '../celonis/access.mts';
import { hang } from '../celonis/faults/index.mts';
import { skipPauses } from '../support/pauses.mts';
import { getJson, NOW_MS, runNode, toIso } from '../integration/n8n/runNode.mts';
import { addEvent, getNumbers, grantFullAccess, openTeam } from '../integration/n8n/team.mts';

skipPauses();

const FROM = toIso(NOW_MS - 60_000);

const started: ChildProcess[] = [];
let folder: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'celonis-proxies-'));
});

afterEach(async () => {
	delete process.env.HTTPS_PROXY;
	await Promise.all(
		started.splice(0).map(async (child) => {
			const isClosed = once(child, 'close');
			child.kill();
			await isClosed;
		}),
	);
});

afterAll(async () => await rm(folder, { recursive: true, force: true }));

/** Starts a program of Debian, and returns the port on which it listens. */
async function start(
	program: string,
	configure: (port: number) => string,
	args: (configPath: string) => string[],
): Promise<number> {
	const port = await findFreePort();
	const path = join(folder, `${program}-${port}.conf`);
	await writeFile(path, configure(port));
	const child = spawn(await findProgram(program), args(path), { stdio: 'ignore' });
	started.push(child);
	for (let attempt = 0; !(await isListening(port)); attempt++) {
		if (attempt > 200 || child.exitCode !== null) throw new Error(`${program} does not start`);
		await sleep(25);
	}
	return port;
}

async function findProgram(name: string): Promise<string> {
	const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/bin'];
	for (const path of folders.map((each) => join(each, name))) {
		const isRunnable = await access(path, constants.X_OK).then(
			() => true,
			() => false,
		);
		if (isRunnable) return path;
	}
	throw new Error(`There is no ${name}: apt-get install nginx tinyproxy`);
}

async function isListening(port: number): Promise<boolean> {
	const socket = connect(port, '127.0.0.1');
	return await new Promise((resolve) => {
		socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
	}).then((isOpen) => {
		socket.destroy();
		return isOpen as boolean;
	});
}

/** A team behind nginx, with these directives for every request. */
async function openTeamBehindNginx(directives: string) {
	const team = await openTeam({ contract: undefined });
	grantFullAccess(team);
	addEvent(team, NOW_MS - 1000, 1);
	const configure = (port: number) => `
		daemon off; master_process off; pid ${folder}/nginx-${port}.pid; error_log stderr;
		events {}
		http {
			access_log off; client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy;
			fastcgi_temp_path ${folder}/f; uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;
			server { listen 127.0.0.1:${port}; location / { ${directives.replace('TEAM', team.celonis.url)} } }
		}`;
	const port = await start('nginx', configure, (path) => ['-e', 'stderr', '-c', path]);
	for (const [id, data] of team.n8n.credentials.saved) {
		team.n8n.credentials.saved.set(id, { ...data, teamUrl: `http://127.0.0.1:${port}` });
	}
	return team;
}

const AUTHENTICATIONS = ['key', 'oAuth2'] as const;

describe.each(AUTHENTICATIONS)('nginx, by %s', (authentication) => {
	const parameters = { authentication, from: FROM, options: { timeout: 5 } };

	it('passes requests on', async () => {
		const team = await openTeamBehindNginx('proxy_pass TEAM;');
		const { items, error } = await runNode(team, parameters);
		expect(error).toBeUndefined();
		expect(getNumbers(getJson(items))).toEqual([1]);
	});

	it.each([
		['deny all;', 'A proxy or firewall, not Celonis, returned 403: "403 Forbidden"'],
		[
			'auth_basic "Staff"; auth_basic_user_file /dev/null;',
			'A proxy or firewall, not Celonis, returned 401: "401 Authorization Required"',
		],
		['return 400;', 'A proxy or firewall, not Celonis, returned 400: "400 Bad Request"'],
		['return 500;', /not the API of Celonis, returned 500: "500 Internal Server Error"$/],
		['return 503;', /not the API of Celonis, returned 503: "503 Service Temporarily Unavailable"$/],
		['proxy_pass http://127.0.0.1:1;', /not the API of Celonis, returned 502: "502 Bad Gateway"$/],
	])('is told from Celonis: %s', async (directives, message) => {
		const team = await openTeamBehindNginx(directives);
		const { items, error } = await runNode(team, parameters);
		expect(items).toEqual([]);
		expect(error?.message).toMatch(message);
	});

	it('is told from Celonis if Celonis does not respond to it', async () => {
		const team = await openTeamBehindNginx('proxy_pass TEAM; proxy_read_timeout 100ms;');
		team.celonis.faults.always({}, hang());
		const { error } = await runNode(team, parameters);
		expect(error?.message).toMatch(/not the API of Celonis, returned 504: "504 Gateway Time-out"$/);
	});

	it('that limits the size of requests leads to Chunk Size', async () => {
		const team = await openTeamBehindNginx('proxy_pass TEAM; client_max_body_size 2k;');
		const push = { resource: 'dataPool', operation: 'push', dataPoolId: defaultPoolId };
		const rows = Array.from({ length: 200 }, (_, id) => ({ id, text: 'x'.repeat(100) }));
		const target = { authentication, tableName: 'T', keys: '' };
		const { error } = await runNode(team, { ...push, ...target }, rows);
		expect(error?.message).toContain('413');
		expect(error?.description).toContain("Lower 'Chunk Size (MB)'");
	});
});

// The page of a proxy that refuses a tunnel does not always arrive, nor do its headers for a token.
const REFUSED =
	/^A proxy or firewall, not Celonis, returned 403: |^The request for an access token was refused without a reason \(HTTP status 403\)$/;

describe.each(AUTHENTICATIONS)('tinyproxy, by %s', (authentication) => {
	it.each([
		[
			'ConnectPort 1',
			authentication === 'oAuth2' ? REFUSED : /^A proxy or firewall, not Celonis, returned 403: /,
		],
		['BasicAuth user word', 'A proxy returned 407: it requires authentication'],
		['', /^A proxy or gateway, not the API of Celonis, returned 5\d\d: /],
	])('is told from Celonis: %s', async (directives, message) => {
		const configure = (port: number) => `
Port ${port}
Listen 127.0.0.1
Timeout 5
LogLevel Critical
${directives}
`;
		const port = await start('tinyproxy', configure, (path) => ['-d', '-c', path]);
		const team = await openTeam();
		for (const [id, data] of team.n8n.credentials.saved) {
			const teamUrl = 'https://your-team.eu-1.celonis.invalid';
			team.n8n.credentials.saved.set(id, { ...data, teamUrl });
		}
		process.env.HTTPS_PROXY = `http://127.0.0.1:${port}`;
		const { items, error } = await runNode(team, { authentication, from: FROM });
		expect(items).toEqual([]);
		expect(error?.message).toMatch(message);
	});
});
