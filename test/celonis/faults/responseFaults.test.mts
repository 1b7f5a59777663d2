import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { auditV2Path } from '../auditV2.mts';
import type { InjectedFault } from './faultInjector.mts';
import {
	respondWith,
	contentMissing,
	contentNotAList,
	errorsInBody,
	jsonInPlaceOfPage,
	linksWithoutContent,
	maintenanceJson,
	pageWith,
	partialPage,
	renameList,
	statusInBody,
	tokenMissing,
	unusablePageToken,
	emptyOk,
	htmlPage,
	noContent,
	unrelatedJson,
	rateLimited,
	recordNotAnObject,
	redirectTo,
	repeatToken,
	serverError,
	invalidTimestamp,
	tokenFailure,
} from './index.mts';
import { AuditLog } from '../log.mts';
import type { Simulator } from '../simulator.mts';
import { startSimulator } from '../simulator.mts';
import { get, getPageV2, requestToken } from '../testClient.mts';
import { fillLog } from '../testRecords.mts';

let simulator: Simulator;

beforeEach(async () => {
	const log = new AuditLog();
	fillLog(log, 10, '2026-05-01T00:00:00.000Z');
	simulator = await startSimulator({ log });
});

afterEach(() => simulator.close());

/** Injects the fault in the next audit request. */
const inject = async (fault: InjectedFault) => {
	simulator.faults.next({}, fault);
	const response = await get(simulator, auditV2Path);
	const body = await response.text();
	return { status: response.status, headers: response.headers, body };
};

describe('an injected response', () => {
	it.each([429, 500, 502, 503, 504])('can be a %d with headers and a body', async (status) => {
		const fault = respondWith(status, { headers: { 'retry-after': '7' }, body: { status } });
		const response = await inject(fault);
		expect(response.status).toBe(status);
		expect(response.headers.get('retry-after')).toBe('7');
		expect(response.headers.get('content-type')).toBe('application/json');
		expect(response.headers.get('date')).not.toBeNull();
		expect(JSON.parse(response.body)).toEqual({ status });
		expect((await get(simulator, auditV2Path)).status).toBe(200);
	});

	it('can be the documented server error and rate limit', async () => {
		expect(JSON.parse((await inject(serverError())).body)).toHaveProperty('reference');
		const limited = await inject(rateLimited({ 'x-ratelimit-reset': '3' }));
		expect(limited.status).toBe(429);
		expect(limited.headers.get('x-ratelimit-reset')).toBe('3');
		expect(limited.body).toContain('Please try again at 06:10:41 UTC.');
	});

	it('can be HTML, empty or unrelated JSON', async () => {
		const html = await inject(htmlPage());
		expect(html.status).toBe(200);
		expect(html.headers.get('content-type')).toContain('text/html');
		expect(await inject(emptyOk())).toMatchObject({ status: 200, body: '' });
		expect(await inject(noContent())).toMatchObject({ status: 204, body: '' });
		expect(JSON.parse((await inject(unrelatedJson())).body)).not.toHaveProperty('content');
	});

	it.each([302, 307] as const)('can be a redirect (%d)', async (status) => {
		const response = await inject(redirectTo('http://127.0.0.1:1/elsewhere', status));
		expect(response.status).toBe(status);
		expect(response.headers.get('location')).toBe('http://127.0.0.1:1/elsewhere');
	});

	it('can be an invalid page', async () => {
		const page = async (fault: InjectedFault) =>
			JSON.parse((await inject(fault)).body) as { content?: unknown[] };
		expect(await page(contentMissing())).not.toHaveProperty('content');
		expect(Array.isArray((await page(contentNotAList())).content)).toBe(false);
		expect((await page(recordNotAnObject())).content?.[0]).toBe('not a record');
		const { content } = await page(invalidTimestamp());
		expect(content?.[0]).toMatchObject({ event: 'STUDIO_NODE_UPDATED', timestamp: 'yesterday' });
		expect(content).toHaveLength(10);
	});

	it('can be JSON with status 200 that is no page', async () => {
		const body = async (fault: InjectedFault) => {
			const { status, body: text } = await inject(fault);
			expect(status).toBe(200);
			return JSON.parse(text) as unknown;
		};
		expect(await body(maintenanceJson())).toEqual({ status: 'maintenance', messages: [] });
		expect(await body(errorsInBody('Down'))).toMatchObject({ errors: [{ error: 'Down' }] });
		expect(await body(statusInBody(503))).toEqual({ status: 503, content: null });
		expect(await body(linksWithoutContent())).toEqual({ content: null, links: [] });
		expect(await body(jsonInPlaceOfPage([]))).toEqual([]);
		simulator.faults.next({}, maintenanceJson());
		await requestToken(simulator);
		expect(simulator.faults.pendingCount).toBe(1);
	});

	it('can be a page with other fields, another list or half of its records', async () => {
		const page = async (fault: InjectedFault) =>
			JSON.parse((await inject(fault)).body) as Record<string, unknown[]>;
		expect(await page(pageWith({ error: null }))).toMatchObject({ error: null });
		expect((await page(renameList('events'))).events).toHaveLength(10);
		const half = await page(partialPage({ error: 'Shard' }));
		expect([half.content?.length, half.error]).toEqual([5, 'Shard']);
	});

	it('can be a page without a usable page token', async () => {
		const page = async (fault: InjectedFault) => {
			simulator.faults.next({}, fault);
			return await getPageV2(simulator, { limit: 3 });
		};
		expect((await page(unusablePageToken(true))).nextPageToken).toBe(true);
		const missing = await page(tokenMissing({ hasMore: true }));
		expect(missing).not.toHaveProperty('nextPageToken');
		expect(missing).toHaveProperty('hasMore', true);
	});

	it('can repeat a page token', async () => {
		simulator.faults.next({}, repeatToken());
		const { nextPageToken } = await getPageV2(simulator, { limit: 3 });
		const pageToken = nextPageToken!;
		expect((await getPageV2(simulator, { limit: 3, pageToken })).nextPageToken).toBe(pageToken);
		expect((await getPageV2(simulator, { limit: 3, pageToken })).nextPageToken).not.toBe(pageToken);
	});

	it('can be an error of the token endpoint only', async () => {
		simulator.faults.next({}, tokenFailure('invalid_scope'));
		expect((await get(simulator, auditV2Path)).status).toBe(200);
		const response = await requestToken(simulator);
		expect(response.status).toBe(400);
		expect(await response.json()).toMatchObject({ error: 'invalid_scope' });
	});
});
