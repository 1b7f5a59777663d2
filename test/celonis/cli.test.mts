import type { ChildProcessByStdio } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from '@jest/globals';
import { JSON_FILE, writeReport } from '../../scripts/probe/files.mts';
import { Findings } from '../../scripts/probe/findings.mts';
import { FORMAT, VERSION } from '../../scripts/probe/report.mts';
import { defaultAppKey } from './access.mts';
import { auditV1Path } from './auditV1.mts';
import { auditV2Path } from './auditV2.mts';
import { schemaPath } from './schema.mts';
import { startSimulator } from './simulator.mts';

const program = fileURLToPath(new URL('cli.mts', import.meta.url));

type Child = ChildProcessByStdio<null, Readable, Readable>;

let running: Child[] = [];
afterEach(() => {
	for (const child of running) child.kill('SIGKILL');
	running = [];
});

function run(...args: string[]): Child {
	const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe'];
	const child = spawn(process.execPath, ['--import', 'tsx', program, ...args], { stdio });
	running.push(child);
	return child;
}

async function finished(child: Child): Promise<{ code: number; stdout: string; stderr: string }> {
	let stdout = '';
	let stderr = '';
	child.stdout.on('data', (chunk) => (stdout += String(chunk)));
	child.stderr.on('data', (chunk) => (stderr += String(chunk)));
	const [code] = (await once(child, 'close')) as [number];
	return { code, stdout, stderr };
}

async function announced(child: Child): Promise<string> {
	const [text] = (await once(child.stdout, 'data')) as [Buffer];
	return text.toString();
}

describe('the command line', () => {
	const stopsOn = async (signal: NodeJS.Signals, child: Child) => {
		const end = finished(child);
		child.kill(signal);
		expect(await end).toEqual({ code: 0, stdout: '', stderr: '' });
	};

	it('prints one line of JSON for programs, serves, and stops on SIGTERM', async () => {
		const child = run('--json', '--seed', '5');
		const { url, ...credentials } = JSON.parse(await announced(child)) as Record<string, string>;
		expect(Object.keys(credentials)).toEqual([
			'clientId',
			'clientSecret',
			'scope',
			'appKey',
			'apiKey',
		]);
		const headers = { authorization: `AppKey ${credentials.appKey}` };
		const response = await fetch(`${url}${auditV1Path}?pageSize=1`, { headers });
		const { totalCount } = (await response.json()) as { totalCount: number };
		expect(totalCount).toBeGreaterThan(20_000);
		await stopsOn('SIGTERM', child);
	});

	it('prints the credentials for people, and stops on SIGINT', async () => {
		const child = run('--backlog', '10');
		expect(await announced(child)).toMatch(
			/http:\/\/127\.0\.0\.1:\d+[^]*client id[^]*application key/,
		);
		await stopsOn('SIGINT', child);
	});

	it('behaves like the team of a report, and says what it cannot imitate', async () => {
		const folder = await mkdtemp(join(tmpdir(), 'like-'));
		const findings = new Findings();
		findings.see('v1.access', 'not found');
		findings.see('v2.unknownParameter', 'refused');
		findings.see('schema.access', 'ok');
		findings.see('audit.versions', 'other records');
		await writeReport(
			{
				format: FORMAT,
				version: VERSION,
				credential: 'application key',
				end: 'complete',
				requests: 60,
				watchedMinutes: 0,
				findings: findings.list(),
			},
			folder,
		);
		const file = join(folder, JSON_FILE);
		const child = run('--backlog', '10', '--like', file);
		const text = await announced(child);
		expect(text).toContain('the team of the report, except for: audit.versions.');
		const url = /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0] ?? '';
		const headers = { authorization: `AppKey ${defaultAppKey.key}` };
		const answers = [auditV1Path, auditV2Path, `${auditV2Path}?probe=1`, schemaPath].map(
			async (path) => (await fetch(url + path, { headers })).status,
		);
		expect(await Promise.all(answers)).toEqual([404, 200, 400, 200]);

		await writeFile(file, '{"format":"another"}');
		const refused = await finished(run('--like', file));
		expect(refused).toMatchObject({ code: 1, stdout: '' });
		expect(refused.stderr.trim().split('\n')).toHaveLength(1);
		await rm(folder, { recursive: true });
	});

	it('says in one line that a port is in use', async () => {
		const simulator = await startSimulator();
		const { port } = new URL(simulator.url);
		const second = await finished(run('--port', port));
		await simulator.close();
		expect(second).toEqual({
			code: 1,
			stdout: '',
			stderr: `Port ${port} is in use. Choose another with --port.\n`,
		});
	});

	it('prints its help, and rejects unknown options', async () => {
		const [help, unknown, wrong] = await Promise.all(
			[['--help'], ['--prot', '1'], ['--rate', 'fast']].map((args) => finished(run(...args))),
		);
		expect(help).toMatchObject({ code: 0, stderr: '' });
		expect(help?.stdout).toContain('--backlog NUMBER');
		for (const rejected of [unknown, wrong]) {
			expect(rejected).toMatchObject({ code: 1, stdout: '' });
			expect(rejected?.stderr.trim().split('\n')).toHaveLength(1);
		}
	});
});
