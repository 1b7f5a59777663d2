import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { auditV1Path } from '../auditV1.mts';
import { auditV2Path } from '../auditV2.mts';
import { respondWith } from './index.mts';
import { AuditLog } from '../log.mts';
import type { Simulator } from '../simulator.mts';
import { startSimulator } from '../simulator.mts';
import { get, getPageV1, getPageV2, requestToken } from '../testClient.mts';
import { fillLog } from '../testRecords.mts';

let simulator: Simulator;

beforeEach(async () => {
	const log = new AuditLog();
	fillLog(log, 10, '2026-05-01T00:00:00.000Z');
	simulator = await startSimulator({ log });
});

afterEach(() => simulator.close());

describe('the fault injector', () => {
	it('matches by path, method, page and times, in the order of planning', async () => {
		const { faults } = simulator;
		faults.next({ times: 2, when: { path: auditV1Path, pageIndex: 1 } }, respondWith(503));
		faults.next({ when: { method: 'POST' } }, respondWith(500));
		faults.next({ when: ({ query }) => query.limit === '7' }, respondWith(502));
		expect(faults.pendingCount).toBe(4);
		const status = async (path: string, query: Record<string, number> = {}) =>
			(await get(simulator, path, query)).status;
		expect(await status(auditV1Path)).toBe(200);
		expect(await status(auditV1Path, { pageNumber: 1 })).toBe(503);
		expect(await status(auditV2Path)).toBe(200);
		expect(await status(auditV1Path, { pageNumber: 1 })).toBe(503);
		expect(await status(auditV1Path, { pageNumber: 1 })).toBe(204);
		expect(await status(auditV2Path, { limit: 7 })).toBe(502);
		expect((await requestToken(simulator)).status).toBe(500);
		expect(faults.pendingCount).toBe(0);
	});

	it('counts the pages of version 2', async () => {
		simulator.faults.next({ when: { path: auditV2Path, pageIndex: 2 } }, respondWith(503));
		const first = await getPageV2(simulator, { limit: 3 });
		const second = await getPageV2(simulator, { limit: 3, pageToken: first.nextPageToken! });
		const third = { limit: 3, pageToken: second.nextPageToken! };
		expect((await get(simulator, auditV2Path, third)).status).toBe(503);
		expect((await get(simulator, auditV2Path, third)).status).toBe(200);
		expect(simulator.requests.map(({ pageIndex }) => pageIndex)).toEqual([0, 1, 2, 2]);
	});

	it('can inject until it is cleared, or decide at every request', async () => {
		const { faults } = simulator;
		faults.always({ when: { path: auditV1Path } }, respondWith(503));
		faults.decide = ({ at }) => (at > 0 ? respondWith(502) : undefined);
		for (let times = 0; times < 3; times++) {
			expect((await get(simulator, auditV1Path)).status).toBe(503);
			expect((await get(simulator, auditV2Path)).status).toBe(502);
		}
		faults.clear();
		expect((await getPageV1(simulator)).totalCount).toBe(10);
	});
});
