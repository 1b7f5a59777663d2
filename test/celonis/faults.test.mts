import { get as httpGet } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { auditV1Path } from './auditV1.mts';
import { auditV2Path } from './auditV2.mts';
import type { Fault } from './faults.mts';
import {
	answerWith,
	contentMissing,
	contentNotAList,
	emptyOk,
	hang,
	htmlPage,
	noContent,
	otherProduct,
	rateLimited,
	recordNotAnObject,
	redirectTo,
	repeatToken,
	resetBeforeAnswer,
	resetInBody,
	serverError,
	timestampNoDate,
	tokenFailure,
	truncatedBody,
} from './faultKinds.mts';
import { AuditLog } from './log.mts';
import type { Simulator } from './simulator.mts';
import { startSimulator } from './simulator.mts';
import { appKeyHeader, get, pageV1, pageV2, requestToken } from './testClient.mts';
import { fill } from './testRecords.mts';

let simulator: Simulator;
beforeEach(async () => {
	const log = new AuditLog();
	fill(log, 10, '2026-05-01T00:00:00.000Z');
	simulator = await startSimulator({ log });
});
afterEach(() => simulator.close());

/** Lets the next audit request meet the fault. */
const met = async (fault: Fault) => {
	simulator.faults.next({}, fault);
	const answer = await get(simulator, auditV2Path);
	const body = await answer.text();
	return { status: answer.status, headers: answer.headers, body };
};

describe('answers on demand', () => {
	it.each([429, 500, 502, 503, 504])('can be a %d with headers and a body', async (status) => {
		const fault = answerWith(status, { headers: { 'retry-after': '7' }, body: { status } });
		const answer = await met(fault);
		expect(answer.status).toBe(status);
		expect(answer.headers.get('retry-after')).toBe('7');
		expect(answer.headers.get('content-type')).toBe('application/json');
		expect(answer.headers.get('date')).not.toBeNull();
		expect(JSON.parse(answer.body)).toEqual({ status });
		expect((await get(simulator, auditV2Path)).status).toBe(200);
	});

	it('can be the documented server error and rate limit', async () => {
		expect(JSON.parse((await met(serverError())).body)).toHaveProperty('reference');
		const limited = await met(rateLimited({ 'x-ratelimit-reset': '3' }));
		expect(limited.status).toBe(429);
		expect(limited.headers.get('x-ratelimit-reset')).toBe('3');
		expect(limited.body).toContain('Please try again at 06:10:41 UTC.');
	});

	it('can be a page for people, nothing, or something else altogether', async () => {
		const html = await met(htmlPage());
		expect(html.status).toBe(200);
		expect(html.headers.get('content-type')).toContain('text/html');
		expect(await met(emptyOk())).toMatchObject({ status: 200, body: '' });
		expect(await met(noContent())).toMatchObject({ status: 204, body: '' });
		expect(JSON.parse((await met(otherProduct())).body)).not.toHaveProperty('content');
	});

	it.each([302, 307] as const)('can be a redirect (%d)', async (status) => {
		const answer = await met(redirectTo('http://127.0.0.1:1/elsewhere', status));
		expect(answer.status).toBe(status);
		expect(answer.headers.get('location')).toBe('http://127.0.0.1:1/elsewhere');
	});

	it('can be a page with something wrong in it', async () => {
		const page = async (fault: Fault) =>
			JSON.parse((await met(fault)).body) as { content?: unknown[] };
		expect(await page(contentMissing())).not.toHaveProperty('content');
		expect(Array.isArray((await page(contentNotAList())).content)).toBe(false);
		expect((await page(recordNotAnObject())).content?.[0]).toBe('not a record');
		const { content } = await page(timestampNoDate());
		expect(content?.[0]).toMatchObject({ event: 'STUDIO_NODE_UPDATED', timestamp: 'yesterday' });
		expect(content).toHaveLength(10);
	});

	it('can be the same page token again, as soon as there is one', async () => {
		simulator.faults.next({}, repeatToken());
		const { nextPageToken } = await pageV2(simulator, { limit: 3 });
		const pageToken = nextPageToken!;
		expect((await pageV2(simulator, { limit: 3, pageToken })).nextPageToken).toBe(pageToken);
		expect((await pageV2(simulator, { limit: 3, pageToken })).nextPageToken).not.toBe(pageToken);
	});

	it('can be a failure of the token endpoint alone', async () => {
		simulator.faults.next({}, tokenFailure('invalid_scope'));
		expect((await get(simulator, auditV2Path)).status).toBe(200);
		const answer = await requestToken(simulator);
		expect(answer.status).toBe(400);
		expect(await answer.json()).toMatchObject({ error: 'invalid_scope' });
	});
});

describe('broken connections', () => {
	/** How far a request got: what plain `node:http` sees, without a client's own handling. */
	const seen = (path: string) =>
		new Promise<{ status?: number; announced?: string; received: number; end: string }>(
			(resolve) => {
				const headers = { authorization: appKeyHeader };
				let isAnswered = false;
				const request = httpGet(simulator.url + path, { headers }, (answer) => {
					isAnswered = true;
					let received = 0;
					const done = (end: string) =>
						resolve({
							status: answer.statusCode,
							announced: answer.headers['content-length'],
							received,
							end,
						});
					answer.on('data', (chunk: Buffer) => {
						received += chunk.length;
					});
					answer.on('end', () => done('complete'));
					answer.on('error', (error: NodeJS.ErrnoException) => done(String(error.code)));
				});
				// A reset in the body is an error of the request too; then the answer tells more.
				request.on('error', (error: NodeJS.ErrnoException) => {
					if (!isAnswered) resolve({ received: 0, end: String(error.code) });
				});
			},
		);

	it.each([auditV1Path, auditV2Path])('can cut %s off in the middle', async (path) => {
		for (const fault of [truncatedBody(), resetInBody()]) {
			simulator.faults.next({}, fault);
			const { status, announced, received, end } = await seen(path);
			expect(status).toBe(200);
			expect(received).toBeLessThan(Number(announced));
			expect(end).toBe('ECONNRESET');
		}
		expect((await seen(path)).end).toBe('complete');
	});

	it('can cut off after half of the body, with that half delivered', async () => {
		simulator.faults.next({}, truncatedBody());
		const { announced, received } = await seen(auditV2Path);
		expect(received).toBe(Math.floor(Number(announced) / 2));
	});

	it('cuts off an answer without a body before it begins', async () => {
		simulator.faults.next({}, truncatedBody());
		const empty = `${auditV1Path}?from=2026-06-01T00:00:00Z`;
		expect(await seen(empty)).toEqual({ received: 0, end: 'ECONNRESET' });
	});

	it('can reset before the answer', async () => {
		simulator.faults.next({}, resetBeforeAnswer());
		expect(await seen(auditV2Path)).toEqual({ received: 0, end: 'ECONNRESET' });
		expect(simulator.requests[0]).toMatchObject({ fault: 'reset before answer' });
		expect(simulator.requests[0]).not.toHaveProperty('status');
	});

	it('can hang until the client gives up, or the simulator ends', async () => {
		simulator.faults.next({ times: 2 }, hang());
		const signal = AbortSignal.timeout(50);
		const givenUp = get(simulator, auditV2Path, {}, appKeyHeader, { signal });
		await expect(givenUp).rejects.toThrow('timeout');
		const cut = expect(get(simulator, auditV2Path)).rejects.toThrow('fetch failed');
		while (simulator.requests.length < 2) await new Promise(setImmediate);
		await simulator.close();
		await cut;
		simulator = await startSimulator();
	});
});

describe('choosing the requests that fail', () => {
	it('goes by path, method, page and times, first planned first met', async () => {
		const { faults } = simulator;
		faults.next({ times: 2, when: { path: auditV1Path, pageIndex: 1 } }, answerWith(503));
		faults.next({ when: { method: 'POST' } }, answerWith(500));
		faults.next({ when: ({ query }) => query.limit === '7' }, answerWith(502));
		expect(faults.waiting).toBe(4);
		const status = async (path: string, query: Record<string, number> = {}) =>
			(await get(simulator, path, query)).status;
		expect(await status(auditV1Path)).toBe(200);
		expect(await status(auditV1Path, { pageNumber: 1 })).toBe(503);
		expect(await status(auditV2Path)).toBe(200);
		expect(await status(auditV1Path, { pageNumber: 1 })).toBe(503);
		expect(await status(auditV1Path, { pageNumber: 1 })).toBe(204);
		expect(await status(auditV2Path, { limit: 7 })).toBe(502);
		expect((await requestToken(simulator)).status).toBe(500);
		expect(faults.waiting).toBe(0);
	});

	it('counts the pages of version 2', async () => {
		simulator.faults.next({ when: { path: auditV2Path, pageIndex: 2 } }, answerWith(503));
		const first = await pageV2(simulator, { limit: 3 });
		const second = await pageV2(simulator, { limit: 3, pageToken: first.nextPageToken! });
		const third = { limit: 3, pageToken: second.nextPageToken! };
		expect((await get(simulator, auditV2Path, third)).status).toBe(503);
		expect((await get(simulator, auditV2Path, third)).status).toBe(200);
		expect(simulator.requests.map(({ pageIndex }) => pageIndex)).toEqual([0, 1, 2, 2]);
	});

	it('can last until it is cleared, or be decided at every request', async () => {
		const { faults } = simulator;
		faults.always({ when: { path: auditV1Path } }, answerWith(503));
		faults.decide = ({ at }) => (at > 0 ? answerWith(502) : undefined);
		for (let times = 0; times < 3; times++) {
			expect((await get(simulator, auditV1Path)).status).toBe(503);
			expect((await get(simulator, auditV2Path)).status).toBe(502);
		}
		faults.clear();
		expect((await pageV1(simulator)).totalCount).toBe(10);
	});
});
