import { describe, expect, it } from '@jest/globals';
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
	it('goes with real time, wrong by as much as it was moved', () => {
		const clock = runningClock();
		expect(Math.abs(clock.now() - Date.now())).toBeLessThan(1000);
		clock.advance(-3_600_000);
		expect(Math.abs(clock.now() - Date.now() + 3_600_000)).toBeLessThan(1000);
		clock.set('2030-01-01T00:00:00Z');
		expect(Math.abs(clock.now() - Date.parse('2030-01-01T00:00:00Z'))).toBeLessThan(1000);
	});
});
