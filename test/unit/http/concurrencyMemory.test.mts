import { describe, expect, it } from '@jest/globals';
import { ConcurrencyMemory } from '../../../nodes/Celonis/http/concurrencyMemory';
import { HOUR_MS } from '../../support/durations.mts';

const NOW = 1_800_000_000_000;

describe('the concurrency that has worked', () => {
	it('is remembered for an hour, for the API of the team that has answered', () => {
		const memory = new ConcurrencyMemory();
		memory.set('team.example', 'auditLog', 8, NOW);
		expect(memory.get('team.example', 'auditLog', NOW + HOUR_MS)).toBe(8);
		expect(memory.get('team.example', 'auditLog', NOW + HOUR_MS + 1)).toBeUndefined();
		expect(memory.get('team.example', 'loginHistory', NOW)).toBeUndefined();
		expect(memory.get('other.example', 'auditLog', NOW)).toBeUndefined();
	});

	it('is bounded: the least recent is forgotten', () => {
		const memory = new ConcurrencyMemory();
		memory.set('first.example', 'auditLog', 8, NOW);
		memory.set('second.example', 'auditLog', 4, NOW);
		memory.set('first.example', 'auditLog', 8, NOW);
		for (let i = 0; i < 999; i++) memory.set(`team-${i}.example`, 'auditLog', 2, NOW);
		expect(memory.size).toBe(1000);
		expect(memory.get('first.example', 'auditLog', NOW)).toBe(8);
		expect(memory.get('second.example', 'auditLog', NOW)).toBeUndefined();
	});
});
