import { describe, expect, it } from '@jest/globals';
import { startCursorAt } from '../../../nodes/Celonis/delivery/cursor';
import { ProcessMemory } from '../../../nodes/Celonis/trigger/processMemory';
import { DAY_MS } from '../../support/durations.mts';

const NOW = Date.parse('2026-06-01T08:00:00Z');
const MAX_NODES = 5000;

describe('ProcessMemory', () => {
	it('allows one poll of a node at a time', () => {
		const memory = new ProcessMemory();
		expect(memory.acquire('a', NOW)).toBe(true);
		expect(memory.acquire('a', NOW)).toBe(false);
		expect(memory.acquire('b', NOW)).toBe(true);
		memory.release('a');
		expect(memory.acquire('a', NOW)).toBe(true);
	});

	it('identifies its process', () => {
		expect(new ProcessMemory().processId).not.toBe(new ProcessMemory().processId);
	});

	it('recognises an outdated state for as long as n8n may take to save the next one', () => {
		const memory = new ProcessMemory();
		memory.acquire('a', NOW);
		memory.rememberDelivery('a', 'hash', NOW);
		expect(memory.hasJustDeliveredFrom('a', () => 'hash', NOW + 5000)).toBe(true);
		expect(memory.hasJustDeliveredFrom('a', () => 'other', NOW + 5000)).toBe(false);
		expect(memory.hasJustDeliveredFrom('a', () => 'hash', NOW + 20_000)).toBe(false);
	});

	it('drops nodes that are unused for long, and never exceeds its limit', () => {
		const memory = new ProcessMemory();
		memory.acquire('unused', NOW);
		memory.release('unused');
		memory.rememberStart('unused', startCursorAt(NOW), NOW);
		memory.acquire('used', NOW + 101 * DAY_MS);
		expect(memory.size).toBe(1);
		expect(memory.getStart('unused')).toBeUndefined();

		for (let i = 0; i < 2 * MAX_NODES; i++) {
			memory.acquire(`node ${i}`, NOW + 101 * DAY_MS);
			memory.release(`node ${i}`);
		}
		expect(memory.size).toBeLessThanOrEqual(MAX_NODES);
		// A poll that is running keeps its lock.
		expect(memory.acquire('used', NOW + 101 * DAY_MS)).toBe(false);
	});
});

describe('the settings of polls', () => {
	it('are known since the first poll that had them', () => {
		const memory = new ProcessMemory();
		const poll = (hash: string, readAtMs: number) => {
			const sinceMs = memory.getSettingsSince('node', hash);
			memory.rememberSettings('node', hash, readAtMs, NOW);
			return sinceMs;
		};
		expect([poll('a', 1), poll('a', 2), poll('a', 3)]).toEqual([undefined, 1, 1]);
		expect([poll('b', 4), poll('b', 5)]).toEqual([undefined, 4]);
		expect([poll('a', 6), poll('a', 7)]).toEqual([undefined, 6]);
	});
});
