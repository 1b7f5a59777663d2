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
});
