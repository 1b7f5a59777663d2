import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { splitWindow } from '../../../nodes/Celonis/reading/splitWindow';

describe('cut', () => {
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
	const cases = fc.tuple(windows, fc.integer({ min: 2, max: 16 })).chain(([window, concurrency]) =>
		fc.record({
			window: fc.constant(window),
			limits: fc.constant({ min: concurrency, max: 3 * concurrency, whenUnknown: concurrency }),
			page: pages(window.fromMs, window.toMs),
		}),
	);

	it('makes parts that are the window together, each of them smaller and none empty', () => {
		fc.assert(
			fc.property(cases, ({ window, page, limits }) => {
				const parts = splitWindow(window, page, limits);
				expect(parts.length).toBeGreaterThanOrEqual(2);
				expect(parts.length).toBeLessThanOrEqual(limits.max);
				expect(parts[0]!.fromMs).toBe(window.fromMs);
				expect(parts.at(-1)!.toMs).toBe(window.toMs);
				parts.forEach(({ fromMs, toMs }, index) => {
					expect(toMs).toBeGreaterThan(fromMs);
					if (index > 0) expect(fromMs).toBe(parts[index - 1]!.toMs);
				});
			}),
			{ numRuns: 3000 },
		);
	});

	it('makes short parts where the first page is, and long ones away from it', () => {
		const window = { fromMs: 0, toMs: 1_000_000_000 };
		const lengths = (times: number[]) =>
			splitWindow(window, { records: 500, times }, { min: 4, max: 8, whenUnknown: 4 }).map(
				({ fromMs, toMs }) => toMs - fromMs,
			);
		const newest = lengths([999_990_000, 999_999_999]);
		expect(newest).toEqual([...newest].sort((a, b) => b - a));
		expect(lengths([0, 9_999])).toEqual([...newest].reverse());
	});
});
