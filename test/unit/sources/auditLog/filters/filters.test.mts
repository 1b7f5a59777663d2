import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { IExecuteFunctions } from 'n8n-workflow';
import { compileFilters } from '../../../../../nodes/Celonis/sources/auditLog/filters/filters';
import { getFilters } from '../../../../../nodes/Celonis/sources/auditLog/filters/parameters';
import { filtersWith, records, values, type GivenFilters } from './arbitraries.mts';
import { passes } from './oracle.mts';

const context = {
	getNode: () => ({ name: 'Celonis', type: 'celonis', parameters: {} }),
} as unknown as IExecuteFunctions;

const filterOf = (given: unknown) => {
	const filter = compileFilters(getFilters(context, given));
	return (raw: Record<string, unknown>) => filter({ raw, timestampMs: 0 });
};

const names = Object.keys(values);
const pairs = names.flatMap((a, index) => names.slice(index + 1).map((b) => [a, b]));

describe('a filter', () => {
	it.each([...names.map((name) => [name]), ...pairs, names].map((set) => [set.join(' and '), set]))(
		'by %s passes what a naive reading passes',
		(_, set) => {
			const cases = fc.tuple(filtersWith(set as string[]), fc.array(records, { maxLength: 12 }));
			fc.assert(
				fc.property(cases, ([given, raws]) => {
					const filter = filterOf(given);
					expect(raws.map(filter)).toEqual(raws.map((raw) => passes(given, raw)));
				}),
			);
		},
	);

	it.each(names)('by %s takes some and leaves some of what it is tested with', (name) => {
		const sample = fc.sample(fc.tuple(filtersWith([name]), records), { seed: 1, numRuns: 500 });
		const taken = sample.filter(([given, raw]) => passes(given, raw)).length;
		expect(taken).toBeGreaterThan(25);
		expect(taken).toBeLessThan(475);
	});

	it('that is empty is none', () => {
		const empty: GivenFilters[] = [
			{},
			{ actors: '', categories: [], eventTypes: [], eventPatterns: ' , ', excludeSystem: false },
			{ ipAddresses: '\n', preset: [], roles: null, text: '  ' },
		];
		fc.assert(
			fc.property(fc.constantFrom(undefined, null, '', ...empty), records, (given, raw) => {
				expect(filterOf(given)(raw)).toBe(true);
			}),
		);
	});

	it.each([
		['!10.0.0.0/8', null, true],
		['!10.0.0.0/8', '10.9.8.7', false],
		['10.0.0.0/8', null, false],
		['10.0.0.0/8, !10.9.0.0/16', '10.9.8.7', false],
	])('%s of an address that is %s', (ipAddresses, ipAddress, expected) => {
		expect(filterOf({ ipAddresses })({ ipAddress })).toBe(expected);
	});

	it('answers the question it was made for: permission changes by people, from outside', () => {
		const filter = filterOf({
			preset: ['permissions'],
			excludeSystem: true,
			actors: '!svc-siem@example.com',
			ipAddresses: '!10.0.0.0/8, !2001:db8::/32',
		});
		const change = {
			event: 'PERMISSIONS_UPDATE',
			userId: 'u1 (ada@example.com)',
			ipAddress: '203.0.113.7',
		};
		expect(filter(change)).toBe(true);
		expect(filter({ ...change, event: 'DATA_POOL_CREATED' })).toBe(false);
		expect(filter({ ...change, userId: 'celonis-service (SYSTEM)' })).toBe(false);
		expect(filter({ ...change, userId: 'u2 (SVC-SIEM@example.com)' })).toBe(false);
		expect(filter({ ...change, ipAddress: '10.20.30.40' })).toBe(false);
		expect(filter({ ...change, ipAddress: '2001:db8::1' })).toBe(false);
	});

	it.each(['["', '{"deep":'])('searches for a text in a very deep record (%s)', (open) => {
		const depth = 200_000;
		const [start, end] = open === '["' ? ['[', ']'] : [open, '}'];
		const json = `${start.repeat(depth)}"needle"${end.repeat(depth)}`;
		const raw = { message: JSON.parse(json) as unknown };
		expect(filterOf({ text: 'Needle' })(raw)).toBe(true);
		expect(filterOf({ text: 'haystack' })(raw)).toBe(false);
	});
});
