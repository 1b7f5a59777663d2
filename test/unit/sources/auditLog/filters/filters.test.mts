import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { auditLog } from '../../../../../nodes/Celonis/sources/auditLog';
import { createParameterReader } from '../../../../support/parameterReader';
import { filterCollections, records, values, type FilterCollection } from './arbitraries.mts';
import { matches } from './oracle.mts';

/** Compiles the filters as the nodes do. */
const compile = (filters: unknown) => {
	const filter = auditLog.getEventFilter(createParameterReader({ filters })).matches;
	return (raw: Record<string, unknown>) => filter({ raw, timestampMs: 0 });
};

const names = Object.keys(values);
const pairs = names.flatMap((a, index) => names.slice(index + 1).map((b) => [a, b]));

describe('the filters of the audit log', () => {
	it.each([...names.map((name) => [name]), ...pairs, names].map((set) => [set.join(' and '), set]))(
		'keep what a naive implementation keeps: %s',
		(_, set) => {
			const cases = fc.tuple(
				filterCollections(set as string[]),
				fc.array(records, { maxLength: 12 }),
			);
			fc.assert(
				fc.property(cases, ([filters, raws]) => {
					expect(raws.map(compile(filters))).toEqual(raws.map((raw) => matches(filters, raw)));
				}),
			);
		},
	);

	it.each(names)('are tested with records that pass and records that do not: %s', (name) => {
		const cases = fc.tuple(filterCollections([name]), records);
		const sample = fc.sample(cases, { seed: 1, numRuns: 500 });
		const passed = sample.filter(([filters, raw]) => matches(filters, raw)).length;
		expect(passed).toBeGreaterThan(25);
		expect(passed).toBeLessThan(475);
	});

	it('keep everything if they are empty', () => {
		const empty: FilterCollection[] = [
			{},
			{ actors: '', categories: [], eventTypes: [], eventPatterns: ' , ', excludeSystem: false },
			{ ipAddresses: '\n', preset: [], roles: null, text: '  ' },
		];
		fc.assert(
			fc.property(fc.constantFrom(undefined, null, '', ...empty), records, (filters, raw) => {
				expect(compile(filters)(raw)).toBe(true);
			}),
		);
	});

	it.each([
		['!10.0.0.0/8', null, true],
		['!10.0.0.0/8', '10.9.8.7', false],
		['10.0.0.0/8', null, false],
		['10.0.0.0/8, !10.9.0.0/16', '10.9.8.7', false],
	])('match %s against the address %s: %s', (ipAddresses, ipAddress, expected) => {
		expect(compile({ ipAddresses })({ ipAddress })).toBe(expected);
	});

	it('find permission changes by users from outside the network', () => {
		const filter = compile({
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

	it.each(['["', '{"deep":'])('find text in a very deep record (%s)', (open) => {
		const depth = 200_000;
		const [start, end] = open === '["' ? ['[', ']'] : [open, '}'];
		const json = `${start.repeat(depth)}"needle"${end.repeat(depth)}`;
		const raw = { message: JSON.parse(json) as unknown };
		expect(compile({ text: 'Needle' })(raw)).toBe(true);
		expect(compile({ text: 'haystack' })(raw)).toBe(false);
	});
});
