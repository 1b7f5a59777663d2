import { describe, expect, test } from '@jest/globals';
import { findMatches, parseTimespan } from '../../../scripts/sigma/correlate.mts';
import type { Event } from '../../../scripts/sigma/evaluate.mts';
import type { Correlation, SigmaRule } from '../../../scripts/sigma/rules.mts';

const createRule = (name: string): SigmaRule =>
	({
		name,
		detection: { selection: { type: name }, condition: 'selection' },
	}) as unknown as SigmaRule;

const createCorrelation = (name: string, correlation: Correlation): SigmaRule =>
	({ name, title: name, correlation }) as unknown as SigmaRule;

const count = (condition: Correlation['condition'], rules = ['failure']) =>
	createCorrelation('many', {
		type: 'event_count',
		rules,
		'group-by': ['user'],
		timespan: '1m',
		condition,
	});

const RULES = [createRule('failure'), createRule('success'), createRule('logout')];

/** An event so many seconds after the start. */
const at = (seconds: number, type = 'failure', user: unknown = 'ada'): Event => ({
	type,
	user,
	timestamp: new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString(),
});

/** When the rule matches, in seconds after the start. */
function getTimes(rule: SigmaRule, events: readonly Event[], rules = RULES): number[] {
	return findMatches(rule, events, rules).map(
		({ timeMs }) => (timeMs - Date.UTC(2026, 0, 1)) / 1000,
	);
}

describe('event_count', () => {
	test('matches for each event that completes the count', () => {
		expect(getTimes(count({ gte: 3 }), [at(0), at(10), at(20), at(30)])).toEqual([20, 30]);
	});

	test('slides its window, which includes both ends', () => {
		expect(getTimes(count({ gte: 3 }), [at(0), at(59), at(60)])).toEqual([60]);
		expect(getTimes(count({ gte: 3 }), [at(0), at(59), at(61)])).toEqual([]);
		expect(getTimes(count({ gte: 3 }), [at(0), at(50), at(61), at(70)])).toEqual([70]);
	});

	test('counts events of any order', () => {
		expect(getTimes(count({ gte: 3 }), [at(20), at(0), at(10)])).toEqual([20]);
	});

	test('counts each group by itself, and none without its field', () => {
		const events = [at(0), at(1, 'failure', 'alan'), at(2), at(3, 'failure', 'alan')];
		expect(getTimes(count({ gte: 3 }), events)).toEqual([]);
		expect(getTimes(count({ gte: 2 }), events)).toEqual([2, 3]);
		for (const nobody of [{ user: null }, { user: '' }, { user: [] }, { user: undefined }]) {
			const events = [0, 1, 2, 3].map((seconds) => ({ ...at(seconds), ...nobody }));
			expect(getTimes(count({ gte: 2 }), events)).toEqual([]);
		}
	});

	test('adds up the events of several rules', () => {
		const rule = count({ gte: 3 }, ['failure', 'logout']);
		expect(getTimes(rule, [at(0), at(1, 'logout'), at(2, 'success'), at(3)])).toEqual([3]);
	});

	test.each([
		[{ gt: 2 }, [3, 4]],
		[{ gte: 2 }, [2, 3, 4]],
		[{ lt: 2 }, [1]],
		[{ lte: 2 }, [1, 2]],
		[{ eq: 2 }, [2]],
		[{ neq: 2 }, [1, 3, 4]],
		[{ gt: 1, lte: 3 }, [2, 3]],
	])('compares with %j', (condition, times) => {
		expect(getTimes(count(condition), [at(1), at(2), at(3), at(4)])).toEqual(times);
	});

	test('has the events of its window', () => {
		const [match] = findMatches(count({ gte: 2 }), [at(0), at(70), at(80)], RULES);
		expect(match?.events).toEqual([at(70), at(80)]);
	});
});

describe('temporal_ordered', () => {
	const sequence = (rules: string[]) =>
		createCorrelation('sequence', {
			type: 'temporal_ordered',
			rules,
			'group-by': ['user'],
			timespan: '1m',
		});
	const rule = sequence(['failure', 'success']);

	test('matches the order of its rules only', () => {
		expect(getTimes(rule, [at(0), at(10, 'success')])).toEqual([10]);
		expect(getTimes(rule, [at(0, 'success'), at(10)])).toEqual([]);
		expect(getTimes(rule, [at(0), at(10, 'success'), at(20, 'success')])).toEqual([10, 20]);
		expect(getTimes(rule, [at(0), at(0, 'success')])).toEqual([0]);
	});

	test('matches within its timespan only, from the latest possible event', () => {
		expect(getTimes(rule, [at(0), at(60, 'success')])).toEqual([60]);
		expect(getTimes(rule, [at(0), at(61, 'success')])).toEqual([]);
		expect(getTimes(rule, [at(0), at(30), at(61, 'success')])).toEqual([61]);
	});

	test('matches within one group only', () => {
		expect(getTimes(rule, [at(0), at(10, 'success', 'alan')])).toEqual([]);
		const events = [at(0), at(5, 'failure', 'alan'), at(10, 'success')];
		expect(getTimes(rule, events)).toEqual([10]);
	});

	test('takes three rules', () => {
		const three = sequence(['failure', 'success', 'logout']);
		expect(getTimes(three, [at(0), at(10, 'success'), at(20, 'logout')])).toEqual([20]);
		expect(getTimes(three, [at(0, 'success'), at(10), at(20, 'logout')])).toEqual([]);
		expect(getTimes(three, [at(0), at(40, 'success'), at(70, 'logout')])).toEqual([]);
	});

	test('takes a correlation, at the time of its last event', () => {
		const rules = [...RULES, count({ gte: 3 })];
		const chained = sequence(['many', 'success']);
		const failures = [at(0), at(10), at(20)];
		expect(getTimes(chained, [...failures, at(80, 'success')], rules)).toEqual([80]);
		expect(getTimes(chained, [...failures, at(81, 'success')], rules)).toEqual([]);
		expect(getTimes(chained, [at(0), at(10), at(20, 'success')], rules)).toEqual([]);
	});
});

test('a correlation of another type is refused, and one of a rule that does not exist', () => {
	const base = { rules: ['failure'], 'group-by': ['user'], timespan: '1m' };
	const other = createCorrelation('other', { ...base, type: 'value_count' });
	expect(() => findMatches(other, [], RULES)).toThrow('value_count are not supported');
	expect(() => findMatches(count({ gte: 1 }, ['nobody']), [], RULES)).toThrow(
		'No rule is called nobody',
	);
});

test('timespans have one unit', () => {
	expect(['30s', '10m', '1h', '2d'].map(parseTimespan)).toEqual([
		30_000, 600_000, 3_600_000, 172_800_000,
	]);
	for (const text of ['0m', '10', '1w', '1h30m', '1.5h', '']) {
		expect(() => parseTimespan(text)).toThrow('is not a timespan');
	}
});
