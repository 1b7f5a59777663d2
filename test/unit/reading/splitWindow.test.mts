import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { splitWindow } from '../../../nodes/Celonis/reading/splitWindow';

describe('splitWindow', () => {
	const windows = fc
		.tuple(
			fc.integer({ min: 0, max: 1_800_000_000_000 }),
			fc.oneof(fc.integer({ min: 2, max: 100 }), fc.integer({ min: 2, max: 1_000_000_000_000 })),
		)
		.map(([fromMs, length]) => ({ fromMs, toMs: fromMs + length }));
	const pages = (fromMs: number, toMs: number) =>
		fc.record({
			records: fc.integer({ min: 0, max: 500 }),
			total: fc.option(fc.integer({ min: 0, max: 2_000_000 }), { nil: undefined }),
			times: fc.oneof(
				fc.array(fc.integer({ min: fromMs, max: toMs - 1 }), { maxLength: 20 }),
				fc.integer({ min: fromMs, max: toMs - 1 }).map((ms) => [ms]),
			),
		});
	const cases = fc.tuple(windows, fc.integer({ min: 1, max: 16 })).chain(([window, concurrency]) =>
		fc.record({
			window: fc.constant(window),
			limits: fc.constant({
				max: Math.max(2, 2 * concurrency),
				whenUnknown: Math.max(2, concurrency),
				targetPages: 12,
			}),
			page: pages(window.fromMs, window.toMs),
		}),
	);

	it('gives parts that make up the window, none of them empty', () => {
		fc.assert(
			fc.property(cases, ({ window, page, limits }) => {
				const parts = splitWindow(window, page, limits);
				expect(parts.length).toBeGreaterThanOrEqual(2);
				expect(parts.length).toBeLessThanOrEqual(limits.max);
				expect(parts[0]!.fromMs).toBe(window.fromMs);
				expect(parts.at(-1)!.toMs).toBe(window.toMs);
				expect(parts.every(({ fromMs, toMs }) => toMs > fromMs)).toBe(true);
				expect(parts.slice(1).map(({ fromMs }) => fromMs)).toEqual(
					parts.slice(0, -1).map(({ toMs }) => toMs),
				);
			}),
			{ numRuns: 1000 },
		);
	});

	it('gives short parts around the first page and long ones away from it', () => {
		const window = { fromMs: 0, toMs: 1_000_000_000 };
		const lengths = (times: number[]) =>
			splitWindow(window, { records: 500, times }, { max: 8, whenUnknown: 4, targetPages: 12 }).map(
				({ fromMs, toMs }) => toMs - fromMs,
			);
		const newest = lengths([999_990_000, 999_999_999]);
		expect(newest).toEqual([...newest].sort((a, b) => b - a));
		expect(lengths([0, 9_999])).toEqual([...newest].reverse());
	});
});
