import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { defaultClient } from './access.mts';
import { backlog } from './arrivals.mts';
import { auditV1Path } from './auditV1.mts';
import { auditV2Path } from './auditV2.mts';
import type { Behaviour } from './behaviour.mts';
import type { CheckedRequest } from './contract.mts';
import { jobsPath } from './dataPush/endpoints.mts';
import { contractFile, loadContract } from './contract.mts';
import { answerWith, contentMissing } from './faultKinds.mts';
import { loginHistoryPath } from './loginHistory.mts';
import { membersPath } from './members.mts';
import type { Simulator } from './simulator.mts';
import { startSimulator } from './simulator.mts';
import { basic, chainV2, get, pageV1, requestToken, signIn } from './testClient.mts';

const contract = loadContract();

describe('the OpenAPI document', () => {
	it('is valid OpenAPI 3.1', async () => {
		// The validator is an ES module, which jest does not load; so it runs as the program it also is.
		const home = dirname(
			createRequire(import.meta.url).resolve('@seriousme/openapi-schema-validator/package.json'),
		);
		const program = join(home, 'bin', 'validate-api-cli.js');
		const { stdout } = await promisify(execFile)(process.execPath, [program, contractFile]);
		expect(JSON.parse(stdout)).toEqual({ valid: true });
	});

	it('knows the operations', () => {
		expect(contract.operationOf({ method: 'POST', path: '/oauth2/token' })).toBe('createToken');
		expect(contract.operationOf({ method: 'GET', path: auditV2Path })).toBe('listAuditEventsV2');
		expect(contract.operationOf({ method: 'GET', path: auditV1Path })).toBe('findAllAuditLogs');
		expect(contract.operationOf({ method: 'GET', path: loginHistoryPath })).toBe(
			'findAllAuthenticationEvents',
		);
		expect(contract.operationOf({ method: 'GET', path: membersPath })).toBe(
			'getMemberProfileExternalTransport',
		);
		for (const path of [jobsPath('p'), jobsPath('p').replace('data-ingestion', 'integration')]) {
			expect(contract.operationOf({ method: 'POST', path })).toBe('createDataPushJob');
			expect(contract.operationOf({ method: 'GET', path: `${path}1` })).toBe('getDataPushJob');
			expect(contract.operationOf({ method: 'GET', path })).toBeUndefined();
		}
		expect(contract.operationOf({ method: 'DELETE', path: auditV1Path })).toBeUndefined();
	});
});

describe('the simulator', () => {
	let simulator: Simulator;
	beforeEach(async () => {
		simulator = await startSimulator({ contract });
	});
	afterEach(() => simulator.close());

	it('keeps to the document with every record, setting and way to sign in', async () => {
		for (const { json } of backlog(2000, 1, Date.now(), 1)) simulator.log.append(json);
		await pageV1(simulator, { pageSize: 200, from: '2026-01-01T00:00:00', pageNumber: 1 });
		await chainV2(simulator, { limit: 500, from: '2020-01-01T00:00:00.000Z' });
		const { clientId, clientSecret } = defaultClient;
		await requestToken(simulator, {}, { authorization: basic(clientId, clientSecret) });
		const settings: Array<Partial<Behaviour>> = [
			{ lastToken: 'empty' },
			{ lastToken: 'null' },
			{ emptyPageWithToken: true },
			{ order: 'shuffled' },
			{ v1Empty: 'page', v2Empty: '204' },
			...(['seconds', 'epoch', 'date-time', 'retry-after', 'none'] as const).map((resetForm) => ({
				rateLimit: { limit: 1, windowSeconds: 1000, resetForm },
			})),
			{ rateLimit: undefined, v1Available: false, v2Available: false },
		];
		const authorization = await signIn(simulator);
		for (const setting of settings) {
			Object.assign(simulator.behaviour, setting);
			for (const path of [auditV1Path, auditV2Path]) {
				for (const from of ['2020-01-01T00:00:00Z', '2999-01-01T00:00:00Z']) {
					await get(simulator, path, { from }, authorization);
				}
			}
		}
		expect(simulator.contractProblems).toEqual([]);
		const answered = new Set(simulator.requests.map(({ status }) => status));
		expect([...answered].sort()).toEqual([200, 204, 404, 429]);
	});

	it('keeps to the document when it refuses', async () => {
		await requestToken(simulator, { client_id: 'nobody', client_secret: 'wrong' });
		const { clientId, clientSecret } = defaultClient;
		const own = { client_id: clientId, client_secret: clientSecret };
		await requestToken(simulator, { ...own, scope: 'other' });
		await requestToken(simulator, { ...own, grant_type: 'password' });
		for (const path of [auditV1Path, auditV2Path]) {
			await get(simulator, path, {}, null);
			await get(simulator, path, {}, 'nonsense');
			await get(simulator, path, { from: 'nonsense' });
			simulator.access.appKeys[0]!.auditLogPermission = false;
			await get(simulator, path);
			simulator.access.auditApiEnabled = false;
			await get(simulator, path);
			Object.assign(simulator.access, { auditApiEnabled: true });
			simulator.access.appKeys[0]!.auditLogPermission = true;
		}
		const ofAnswers = simulator.contractProblems.filter((problem) => /^\w+ \d{3}:/.test(problem));
		expect(ofAnswers).toEqual([]);
		const statuses = simulator.requests.map(({ status }) => status);
		const audit = [401, 401, 400, 403, 403];
		expect(statuses).toEqual([401, 400, 400, ...audit, ...audit]);
	});

	it('reports requests that are not as the document says', async () => {
		await get(simulator, auditV2Path, { pageSize: 10 });
		expect(simulator.contractProblems).toEqual([
			`GET ${auditV2Path}: query must NOT have additional properties`,
		]);
	});

	it('does not report its own faults', async () => {
		simulator.faults.next({}, contentMissing());
		simulator.faults.next({}, answerWith(418));
		await get(simulator, auditV2Path);
		await get(simulator, auditV2Path);
		expect(simulator.contractProblems).toEqual([]);
	});
});

describe('the contract', () => {
	const request = (changes: Partial<CheckedRequest>) =>
		contract.requestProblems({
			method: 'GET',
			path: auditV2Path,
			query: {},
			headers: { authorization: 'Bearer token#1' },
			...changes,
		});
	const answer = (body: unknown, status = 200, operation = 'listAuditEventsV2') =>
		contract.answerProblems(
			operation,
			status,
			{ 'content-type': 'application/json;charset=UTF-8' },
			typeof body === 'string' ? body : JSON.stringify(body),
		);
	const record = { userId: 'u', userRole: '', event: 'E', timestamp: '2026-05-01T00:00:00Z' };

	it('has nothing against what is right', () => {
		expect(request({ query: { limit: '500', from: '2026-05-01T00:00:00.000Z' } })).toEqual([]);
		expect(request({ headers: { authorization: 'appkey appKey#1' } })).toEqual([]);
		expect(answer({ content: [record] })).toEqual([]);
		expect(answer('', 403)).toEqual([]);
	});

	it.each<[string, Partial<CheckedRequest>]>([
		['an unknown path', { path: '/api/external/v2/audit' }],
		['another method', { method: 'POST' }],
		['a parameter of the other version', { query: { pageNumber: '0' } }],
		['too large a page', { query: { limit: '501' } }],
		['an empty page token', { query: { pageToken: '' } }],
		['a date with an offset', { query: { from: '2026-05-01T00:00:00+02:00' } }],
		['no authorization', { headers: {} }],
		['another kind of authorization', { headers: { authorization: 'Basic client' } }],
		['a job without its fields', { method: 'POST', path: jobsPath('p'), json: { type: 'DELTA' } }],
		['a chunk without a file', { method: 'POST', path: `${jobsPath('p')}1/chunks/upserted` }],
		['a token request without a form', { method: 'POST', path: '/oauth2/token' }],
	])('notices in a request: %s', (_what, changes) => {
		expect(request(changes)).not.toEqual([]);
	});

	it.each<[string, string[]]>([
		['an undocumented status', answer({}, 418)],
		['a body where none belongs', answer({}, 204)],
		['no body where one belongs', answer('')],
		['what is not JSON', answer('<html>')],
		['a missing list', answer({ nextPageToken: 'x' })],
		['a record that is none', answer({ content: ['x'] })],
		['a timestamp that is no date', answer({ content: [{ ...record, timestamp: 'x' }] })],
		['a port that is a number', answer({ content: [{ ...record, port: 443 }] })],
		['a count that is a text', answer({ content: [], pageNumber: '0' }, 200, 'findAllAuditLogs')],
		['another error form', answer({ error: 'Forbidden' }, 403)],
	])('notices in an answer: %s', (_what, problems) => {
		expect(problems).not.toEqual([]);
	});
});
