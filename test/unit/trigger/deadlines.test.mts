import { describe, expect, it } from '@jest/globals';
import type { PollOccasion } from '../../../nodes/Celonis/trigger/activation';
import { getDeadlines } from '../../../nodes/Celonis/trigger/deadlines';

const NOW_MS = 1_000_000;

describe('the deadlines of a poll', () => {
	it.each<[PollOccasion, number | undefined, number]>([
		['schedule', 300_000, 240_000],
		['schedule', 36_000, 28_800],
		['schedule', undefined, 24_000],
		['test', 300_000, 240_000],
		['publication', 300_000, 24_000],
		['publication', undefined, 24_000],
		['start', 300_000, 24_000],
		['start', 10_000, 8000],
	])('(%s, a budget of %s ms) let it fetch for %i ms', (occasion, budgetMs, expected) => {
		const deadlines = getDeadlines(NOW_MS, { occasion, budgetMs, isEnriched: false });
		expect(deadlines.fetchMs - NOW_MS).toBeCloseTo(expected);
	});

	it('leave time for the members after the events, and for n8n after them', () => {
		const terms = { occasion: 'schedule', budgetMs: 100_000 } as const;
		const { fetchMs, membersMs } = getDeadlines(NOW_MS, { ...terms, isEnriched: true });
		expect(fetchMs).toBeLessThan(getDeadlines(NOW_MS, { ...terms, isEnriched: false }).fetchMs);
		expect(fetchMs).toBeLessThan(membersMs);
		expect(membersMs).toBeLessThan(NOW_MS + 100_000);
	});
});
