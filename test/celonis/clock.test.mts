import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { manualClock, runningClock } from './clock.mts';

describe('a manual clock', () => {
	it('stands still until it is set or advanced', () => {
		const clock = manualClock('2026-05-01T00:00:00Z');
		const start = Date.parse('2026-05-01T00:00:00Z');
		expect(clock.now()).toBe(start);
		clock.advance(1500);
		expect(clock.now()).toBe(start + 1500);
		clock.set(new Date(0));
		expect(clock.now()).toBe(0);
		expect(() => clock.set('tomorrow')).toThrow('Not a point in time');
	});
});

describe('a running clock', () => {
	afterEach(() => {
		jest.restoreAllMocks();
	});

	it('follows real time, off by as much as it was moved', () => {
		const startMs = Date.parse('2026-06-01T08:00:00Z');
		let realMs = startMs;
		jest.spyOn(Date, 'now').mockImplementation(() => realMs);
		const clock = runningClock();
		expect(clock.now()).toBe(startMs);
		realMs += 500;
		expect(clock.now()).toBe(startMs + 500);
		clock.advance(-3_600_000);
		expect(clock.now()).toBe(startMs + 500 - 3_600_000);
		clock.set('2030-01-01T00:00:00Z');
		realMs += 500;
		expect(clock.now()).toBe(Date.parse('2030-01-01T00:00:00Z') + 500);
	});
});
