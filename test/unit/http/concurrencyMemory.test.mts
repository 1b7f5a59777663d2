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

	it('is remembered for an hour after it last worked, and a lower maximum for an hour after the last 429', () => {
		const memory = new ConcurrencyMemory();
		const get = (minutes: number) =>
			memory.get('team.example', 'auditLog', NOW + minutes * MINUTE_MS);
		const set = (minutes: number, reducedAtMinutes?: number) => {
			const reducedAtMs =
				reducedAtMinutes === undefined ? undefined : NOW + reducedAtMinutes * MINUTE_MS;
			memory.set('team.example', 'auditLog', { ...known, reducedAtMs }, NOW + minutes * MINUTE_MS);
		};
		for (const minutes of [0, 30, 60]) set(minutes);
		expect(get(61)).toEqual(known);

		set(70, 70);
		for (const minutes of [80, 100, 129]) set(minutes, 70);
		expect(get(130)?.reducedAtMs).toBe(NOW + 70 * MINUTE_MS);
		// Another connection that was open all the time still knows of the 429.
		set(131, 70);
		expect(get(131)).toEqual(known);
	});

	it('is not raised by a connection that knows nothing of a 429', () => {
		const memory = new ConcurrencyMemory();
		const reduced = { ...createKnownLimit(4), reducedAtMs: NOW };
		memory.set('team.example', 'auditLog', reduced, NOW);
		memory.set('team.example', 'auditLog', createKnownLimit(16), NOW + 1);
		expect(memory.get('team.example', 'auditLog', NOW + 1)).toEqual(reduced);
	});
});
