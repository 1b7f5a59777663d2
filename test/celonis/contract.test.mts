import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { defaultClient } from './access.mts';
import { createBacklog } from './arrivals.mts';
import { auditV1Path } from './auditV1.mts';
import { auditV2Path } from './auditV2.mts';
import type { Behaviour } from './behaviour.mts';
import type { CheckedRequest } from './contract.mts';
import { getJobsPath } from './dataPush/endpoints.mts';
import { CONTRACT_PATH, loadContract } from './contract.mts';
import { respondWith, contentMissing } from './faults/index.mts';
import { loginHistoryPath } from './loginHistory.mts';
import { membersPath } from './members.mts';
import type { Simulator } from './simulator.mts';
import { startSimulator } from './simulator.mts';
import {
	createBasicHeader,
	getAllPagesV2,
	get,
	getPageV1,
	requestToken,
	signIn,
} from './testClient.mts';

const contract = loadContract();

describe('the OpenAPI document', () => {
	it('is valid OpenAPI 3.1', async () => {
		// The validator is an ES module, which jest does not load: it runs as a program.
		const home = dirname(
			createRequire(import.meta.url).resolve('@seriousme/openapi-schema-validator/package.json'),
		);
		const program = join(home, 'bin', 'validate-api-cli.js');
		const { stdout } = await promisify(execFile)(process.execPath, [program, CONTRACT_PATH]);
		expect(JSON.parse(stdout)).toEqual({ valid: true });
	});

	it('defines the operations', () => {
		expect(contract.findOperation({ method: 'POST', path: '/oauth2/token' })).toBe('createToken');
		expect(contract.findOperation({ method: 'GET', path: auditV2Path })).toBe('listAuditEventsV2');
		expect(contract.findOperation({ method: 'GET', path: auditV1Path })).toBe('findAllAuditLogs');
		expect(contract.findOperation({ method: 'GET', path: loginHistoryPath })).toBe(
			'findAllAuthenticationEvents',
		);
		expect(contract.findOperation({ method: 'GET', path: membersPath })).toBe(
			'getMemberProfileExternalTransport',
		);
		for (const path of [
			getJobsPath('p'),
			getJobsPath('p').replace('data-ingestion', 'integration'),
		]) {
			expect(contract.findOperation({ method: 'POST', path })).toBe('createDataPushJob');
			expect(contract.findOperation({ method: 'GET', path: `${path}1` })).toBe('getDataPushJob');
			expect(contract.findOperation({ method: 'GET', path })).toBeUndefined();
		}
		expect(contract.findOperation({ method: 'DELETE', path: auditV1Path })).toBeUndefined();
	});
});

describe('the simulator', () => {
	let simulator: Simulator;
	beforeEach(async () => {
		simulator = await startSimulator({ contract });
	});
	afterEach(() => simulator.close());

	it('conforms to the document with every record, setting and way to sign in', async () => {
		for (const { json } of createBacklog(2000, 1, Date.parse('2026-06-01T08:00:00Z'), 1))
			simulator.log.append(json);
		await getPageV1(simulator, { pageSize: 200, from: '2026-01-01T00:00:00', pageNumber: 1 });
		await getAllPagesV2(simulator, { limit: 500, from: '2020-01-01T00:00:00.000Z' });
		const { clientId, clientSecret } = defaultClient;
		await requestToken(simulator, {}, { authorization: createBasicHeader(clientId, clientSecret) });
		const settings: Array<Partial<Behaviour>> = [
			{ lastToken: 'empty' },
			{ lastToken: 'null' },
			{ emptyPageWithToken: true },
			{ order: 'shuffled' },
			{ v1Empty: 'page', v2Empty: '204' },
			{ v1Empty: 'nullContent', v2Empty: 'nullContent' },
			{ v1Empty: 'onlyCount', v2Empty: 'onlyCount', tokenForm: 'number' },
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

	it('conforms to the document in its error responses', async () => {
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

	it('reports requests that violate the document', async () => {
		await get(simulator, auditV2Path, { pageSize: 10 });
		expect(simulator.contractProblems).toEqual([
			`GET ${auditV2Path}: query must NOT have additional properties`,
		]);
	});

	it('does not report its own faults', async () => {
		simulator.faults.next({}, contentMissing());
		simulator.faults.next({}, respondWith(418));
		await get(simulator, auditV2Path);
		await get(simulator, auditV2Path);
		expect(simulator.contractProblems).toEqual([]);
	});
});

describe('the contract', () => {
	const request = (changes: Partial<CheckedRequest>) =>
		contract.checkRequest({
			method: 'GET',
			path: auditV2Path,
			query: {},
			headers: { authorization: 'Bearer token#1' },
			...changes,
		});
	const response = (body: unknown, status = 200, operation = 'listAuditEventsV2') =>
		contract.checkResponse(
			operation,
			status,
			{ 'content-type': 'application/json;charset=UTF-8' },
			typeof body === 'string' ? body : JSON.stringify(body),
		);
	const record = { userId: 'u', userRole: '', event: 'E', timestamp: '2026-05-01T00:00:00Z' };

	it('accepts what is valid', () => {
		expect(request({ query: { limit: '500', from: '2026-05-01T00:00:00.000Z' } })).toEqual([]);
		expect(request({ headers: { authorization: 'appkey appKey#1' } })).toEqual([]);
		expect(response({ content: [record] })).toEqual([]);
		expect(response('', 403)).toEqual([]);
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
		[
			'a job without its fields',
			{ method: 'POST', path: getJobsPath('p'), json: { type: 'DELTA' } },
		],
		['a chunk without a file', { method: 'POST', path: `${getJobsPath('p')}1/chunks/upserted` }],
		['a token request without a form', { method: 'POST', path: '/oauth2/token' }],
	])('rejects a request with %s', (_what, changes) => {
		expect(request(changes)).not.toEqual([]);
	});

	it.each<[string, string[]]>([
		['an undocumented status', response({}, 418)],
		['a body where none belongs', response({}, 204)],
		['no body where one belongs', response('')],
		['what is not JSON', response('<html>')],
		['a missing list', response({ nextPageToken: 'x' })],
		['a record that is none', response({ content: ['x'] })],
		['a timestamp that is no date', response({ content: [{ ...record, timestamp: 'x' }] })],
		['a port that is a number', response({ content: [{ ...record, port: 443 }] })],
		['a count that is a text', response({ content: [], pageNumber: '0' }, 200, 'findAllAuditLogs')],
		['another error form', response({ error: 'Forbidden' }, 403)],
	])('rejects a response with %s', (_what, problems) => {
		expect(problems).not.toEqual([]);
	});
});
