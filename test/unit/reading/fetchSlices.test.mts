import { describe, expect, it } from '@jest/globals';
import { CelonisError } from '../../../nodes/Celonis/errors/celonisError';
import { fetchAllSlices } from '../../../nodes/Celonis/reading/fetchSlices';
import type { Paginator } from '../../../nodes/Celonis/reading/paginator';
import { createVirtualClock } from '../../support/virtualClock.mts';
import { NOW } from './arbitraries.mts';
import { createEventLog } from './memoryLog.mts';

const SLICE_MS = 1000;

describe('fetchAllSlices', () => {
	it('throws what has failed while the consumer was busy, although slices wait for their turn', async () => {
		const clock = createVirtualClock(NOW);
		const pages: Paginator = async function* ({ window: { fromMs = 0 } = {} } = {}) {
			const clocks = { serverMs: NOW, machineMs: NOW, durationMs: 0 };
			const api = 'auditLog';
			if (fromMs === 0) {
				await clock.sleep(20);
				const records = [{ timestamp: new Date(fromMs).toISOString() }];
				yield { records, pageSize: 1, clocks, isLast: true };
			} else if (fromMs === SLICE_MS) {
				await clock.sleep(10);
				const refusal = { isSequenceBroken: true, isTokenRefused: true };
				throw new CelonisError('pageShift', { api, ...refusal });
			} else {
				await clock.sleep(40);
				throw new CelonisError('forbidden', { api });
			}
		};
		const windows = [0, 1, 2].map((i) => ({ fromMs: i * SLICE_MS, toMs: (i + 1) * SLICE_MS }));
		const slices = fetchAllSlices(createEventLog(pages), windows, {
			direction: 'oldestFirst',
			concurrency: 3,
		});
		const read: unknown[] = [];
		const consume = async () => {
			for await (const { fromMs } of slices) {
				read.push(fromMs);
				await clock.sleep(100);
			}
		};
		await expect(clock.run(consume())).rejects.toMatchObject({ details: { code: 'forbidden' } });
		expect(read).toEqual([0]);
	});
});
