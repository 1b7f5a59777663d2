import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createGrowthSource, createBacklog } from './arrivals.mts';
import { manualClock } from './clock.mts';
import { AuditLog } from './log.mts';
import { startSimulator } from './simulator.mts';
import { getPageV1 } from './testClient.mts';
import { HOUR_MS } from '../support/durations.mts';

const startMs = Date.parse('2026-05-01T00:00:00.000Z');
const growth = { eventsPerMinute: 60, lateShare: 0.2, maxLatenessMs: 5 * 60_000 };

describe('a growing log', () => {
	const oneGo = createGrowthSource(growth, 1, startMs)(startMs + HOUR_MS);

	it('grows at its rate', () => {
		expect(oneGo.length).toBeGreaterThan(3200);
		expect(oneGo.length).toBeLessThan(4200);
		expect(createGrowthSource({ eventsPerMinute: 0 }, 1, startMs)(startMs + HOUR_MS)).toEqual([]);
	});

	it('is the same in whatever steps time passes', () => {
		const minuteMs = 60_000;
		const steps = fc.array(fc.integer({ min: 0, max: minuteMs }), { maxLength: 20 });
		const expected = createGrowthSource(growth, 1, startMs)(startMs + minuteMs);
		fc.assert(
			fc.property(steps, (times) => {
				const source = createGrowthSource(growth, 1, startMs);
				const stepwise = [...times, minuteMs].flatMap((time) => source(startMs + time));
				expect(stepwise).toEqual(expected);
			}),
		);
	});

	it('has late events, at most as late as configured plus the second that some timestamps lose', () => {
		const lateness = oneGo.map(({ timestamp, visibleFrom }) => visibleFrom - timestamp);
		expect(Math.min(...lateness)).toBe(0);
		expect(Math.max(...lateness)).toBeLessThan(growth.maxLatenessMs + 1000);
		const late = lateness.filter((ms) => ms >= 1000).length;
		expect(late / oneGo.length).toBeGreaterThan(0.1);
		expect(late / oneGo.length).toBeLessThan(0.3);
	});

	it('has several events in one millisecond, and identical records', () => {
		const times = new Set(oneGo.map(({ timestamp }) => timestamp));
		const texts = new Set(oneGo.map(({ json }) => json));
		expect(times.size).toBeLessThan(texts.size);
		expect(texts.size).toBeLessThan(oneGo.length);
	});

	it('follows a manual clock', () => {
		const log = new AuditLog();
		log.addGrowthSource(createGrowthSource({ eventsPerMinute: 60 }, 1, startMs));
		expect(log.getVisible(startMs)).toEqual([]);
		const afterOneMinute = log.getVisible(startMs + 60_000).length;
		expect(afterOneMinute).toBeGreaterThan(20);
		expect(log.getVisible(startMs + 60_000)).toHaveLength(afterOneMinute);
		expect(log.getVisible(startMs + 120_000).length).toBeGreaterThan(afterOneMinute);
	});
});

describe('a backlog', () => {
	it('covers the days before, with about the requested number of events', () => {
		const past = createBacklog(2000, 2, startMs, 1);
		expect(past.length).toBeGreaterThan(1800);
		expect(past.length).toBeLessThan(2300);
		for (const { timestamp } of past) {
			expect(timestamp).toBeLessThanOrEqual(startMs);
			expect(timestamp).toBeGreaterThanOrEqual(startMs - 2 * 24 * HOUR_MS - 1000);
		}
	});

	it('and the growth have the same people', async () => {
		const clock = manualClock(startMs);
		const simulator = await startSimulator({
			clock,
			backlog: { events: 200, days: 1 },
			growth: { eventsPerMinute: 60 },
		});
		const people = async () =>
			new Set((await getPageV1(simulator)).content.map(({ userId }) => userId));
		const before = await people();
		clock.advance(HOUR_MS);
		expect(await people()).toEqual(before);
		await simulator.close();
	});
});
