import { describe, expect, it } from '@jest/globals';
import { ConcurrencyMemory } from '../../../nodes/Celonis/http/concurrencyMemory';
import { HOUR_MS, MINUTE_MS } from '../../support/durations.mts';
import { createKnownLimit } from './knownLimit.mts';

const NOW = 1_800_000_000_000;
const known = createKnownLimit(8);

describe('the concurrency that has worked', () => {
	it('is remembered for an hour, for the API of the team that has answered', () => {
		const memory = new ConcurrencyMemory();
		memory.set('team.example', 'auditLog', known, NOW);
		expect(memory.get('team.example', 'auditLog', NOW + HOUR_MS)).toEqual(known);
		expect(memory.get('team.example', 'auditLog', NOW + HOUR_MS + 1)).toBeUndefined();
		expect(memory.get('team.example', 'loginHistory', NOW)).toBeUndefined();
		expect(memory.get('other.example', 'auditLog', NOW)).toBeUndefined();
	});

	it('is remembered longer if it works again, but a lower one for an hour after the first 429', () => {
		for (const [isReduced, isKnown] of [
			[false, true],
			[true, false],
		] as const) {
			const memory = new ConcurrencyMemory();
			for (const minutes of [0, 30, 60]) {
				memory.set('team.example', 'auditLog', { ...known, isReduced }, NOW + minutes * MINUTE_MS);
			}
			const later = memory.get('team.example', 'auditLog', NOW + 61 * MINUTE_MS);
			expect(later !== undefined).toBe(isKnown);
		}
	});
});
