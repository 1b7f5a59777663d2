import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Bound } from './log.mts';
import { AuditLog } from './log.mts';
import { createRecord } from './testRecords.mts';

const bounds = fc.constantFrom<Bound>('inclusive', 'exclusive');
const instant = fc.integer({ min: 0, max: 20 });

describe('the log', () => {
	it('shows exactly the visible records of the window, for any arrivals and any window', () => {
		const event = fc.record({ timestamp: instant, lateness: fc.integer({ min: 0, max: 9 }) });
		const reading = fc.record({
			from: fc.option(instant, { nil: undefined }),
			to: fc.option(instant, { nil: undefined }),
			fromBound: bounds,
			toBound: bounds,
			now: fc.integer({ min: 0, max: 30 }),
		});
		const history = fc.array(fc.oneof(event, reading), { maxLength: 40 });
		fc.assert(
			fc.property(history, (steps) => {
				const log = new AuditLog();
				const added: Array<{ timestamp: number; visibleFrom: number; index: number }> = [];
				for (const step of steps) {
					if ('timestamp' in step) {
						const { timestamp, lateness } = step;
						const visibleFrom = timestamp + lateness;
						log.append(createRecord(timestamp), { visibleFrom });
						added.push({ timestamp, visibleFrom, index: added.length });
						continue;
					}
					const { from = -Infinity, to = Infinity, fromBound, toBound, now } = step;
					const expected = added
						.filter(({ visibleFrom }) => visibleFrom <= now)
						.filter(({ timestamp: t }) => (fromBound === 'inclusive' ? t >= from : t > from))
						.filter(({ timestamp: t }) => (toBound === 'inclusive' ? t <= to : t < to))
						.sort((a, b) => a.timestamp - b.timestamp || a.index - b.index)
						.map(({ index }) => index);
					const read = log.read(step, now, 'asc').map(({ sequence }) => sequence);
					expect(read).toEqual(expected);
				}
			}),
		);
	});

	it('keeps records that are identical byte for byte', () => {
		const log = new AuditLog();
		for (let times = 0; times < 3; times++) log.append(createRecord(1000));
		expect(log.getVisible(1000).map(({ sequence }) => sequence)).toEqual([0, 1, 2]);
		expect(log.size).toBe(3);
	});

	it('rejects a record without a timestamp', () => {
		const log = new AuditLog();
		for (const record of [{}, { timestamp: 'yesterday' }, { timestamp: 1000 }, 'null', '[]']) {
			expect(() => log.append(record)).toThrow('timestamp');
		}
	});
});
