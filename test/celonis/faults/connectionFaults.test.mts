import { get as httpGet } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { auditV1Path } from '../auditV1.mts';
import { auditV2Path } from '../auditV2.mts';
import type { InjectedFault } from './faultInjector.mts';
import {
	doubledDate,
	hang,
	invalidDate,
	missingDate,
	resetBeforeResponse,
	resetInBody,
	truncatedBody,
} from './index.mts';
import { AuditLog } from '../log.mts';
import type { Simulator } from '../simulator.mts';
import { startSimulator } from '../simulator.mts';
import { appKeyHeader, get } from '../testClient.mts';
import { fillLog } from '../testRecords.mts';

let simulator: Simulator;

beforeEach(async () => {
	const log = new AuditLog();
	fillLog(log, 10, '2026-05-01T00:00:00.000Z');
	simulator = await startSimulator({ log });
});

afterEach(() => simulator.close());

describe('an injected connection fault', () => {
	/** What plain `node:http` sees of a request, without the error handling of a client. */
	const seen = (path: string) =>
		new Promise<{ status?: number; announced?: string; received: number; end: string }>(
			(resolve) => {
				const headers = { authorization: appKeyHeader };
				let isAnswered = false;
				const request = httpGet(simulator.url + path, { headers }, (response) => {
					isAnswered = true;
					let received = 0;
					const done = (end: string) =>
						resolve({
							status: response.statusCode,
							announced: response.headers['content-length'],
							received,
							end,
						});
					response.on('data', (chunk: Buffer) => {
						received += chunk.length;
					});
					response.on('end', () => done('complete'));
					response.on('error', (error: NodeJS.ErrnoException) => done(String(error.code)));
				});
				// A reset in the body is also an error of the request; the response has more details.
				request.on('error', (error: NodeJS.ErrnoException) => {
					if (!isAnswered) resolve({ received: 0, end: String(error.code) });
				});
			},
		);

	it.each([auditV1Path, auditV2Path])('can truncate %s', async (path) => {
		for (const fault of [truncatedBody(), resetInBody()]) {
			simulator.faults.next({}, fault);
			const { status, announced, received, end } = await seen(path);
			expect(status).toBe(200);
			expect(received).toBeLessThan(Number(announced));
			expect(end).toBe('ECONNRESET');
		}
		expect((await seen(path)).end).toBe('complete');
	});

	it('can reset after half of the body, which is delivered', async () => {
		simulator.faults.next({}, truncatedBody());
		const { announced, received } = await seen(auditV2Path);
		expect(received).toBe(Math.floor(Number(announced) / 2));
	});

	it('truncates a response without a body before its start', async () => {
		simulator.faults.next({}, truncatedBody());
		const empty = `${auditV1Path}?from=2026-06-01T00:00:00Z`;
		expect(await seen(empty)).toEqual({ received: 0, end: 'ECONNRESET' });
	});

	it('can have no date, two or one that is none', async () => {
		const date = async (fault: InjectedFault) => {
			simulator.faults.next({}, fault);
			return (await get(simulator, auditV2Path)).headers.get('date');
		};
		expect(await date(missingDate())).toBeNull();
		expect(await date(doubledDate())).toMatch(/^\w{3}, [^,]* GMT, \w{3}, [^,]* GMT$/);
		expect(await date(invalidDate())).toBe('yesterday');
	});

	it('can reset before the response', async () => {
		simulator.faults.next({}, resetBeforeResponse());
		expect(await seen(auditV2Path)).toEqual({ received: 0, end: 'ECONNRESET' });
		expect(simulator.requests[0]).toMatchObject({ fault: 'reset before answer' });
		expect(simulator.requests[0]).not.toHaveProperty('status');
	});

	it('can hang until the client gives up or the simulator stops', async () => {
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
