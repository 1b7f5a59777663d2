/** Evaluates Sigma's correlations: which events, taken together, match a rule. */
import { compileRule, findValues, type Event } from './evaluate.mts';
import {
	isCorrelation,
	resolveRule,
	type Correlation,
	type DetectionRule,
	type SigmaRule,
} from './rules.mts';

/** A match of a rule. For further correlations, it counts as its last event. */
export interface Match {
	/** In order of time. A rule for single events has one. */
	readonly events: readonly Event[];
	readonly timeMs: number;
}

const UNIT_MS: Readonly<Record<string, number>> = {
	s: 1000,
	m: 60_000,
	h: 3_600_000,
	d: 86_400_000,
};

const COMPARISONS: Readonly<Record<string, (count: number, limit: number) => boolean>> = {
	gt: (count, limit) => count > limit,
	gte: (count, limit) => count >= limit,
	lt: (count, limit) => count < limit,
	lte: (count, limit) => count <= limit,
	eq: (count, limit) => count === limit,
	neq: (count, limit) => count !== limit,
};

/**
 * The matches of a rule in events of any order. Once a correlation matches, it matches again for each
 * further event for which its condition holds. Windows slide; events of the same time are in order. As
 * in most SIEMs, an event without a value in one of the fields of `group-by` is not correlated.
 */
export function findMatches(
	rule: SigmaRule,
	events: readonly Event[],
	allRules: readonly SigmaRule[] = [],
): Match[] {
	if (!isCorrelation(rule)) return findEvents(rule, events);
	const { correlation } = rule;
	const matchesByRule = correlation.rules.map((reference) =>
		findMatches(resolveRule(reference, allRules), events, allRules),
	);
	if (correlation.type === 'event_count') {
		return groupMatches(matchesByRule.flat(), correlation).flatMap((group) =>
			countMatches(group, correlation),
		);
	}
	if (correlation.type === 'temporal_ordered') return findSequences(matchesByRule, correlation);
	throw new Error(`Correlations of the type ${correlation.type} are not supported`);
}

/** A timespan in milliseconds. */
export function parseTimespan(text: string): number {
	const [, count, unit = ''] = /^([1-9]\d*)([smhd])$/.exec(text) ?? [];
	if (count === undefined) throw new Error(`${text} is not a timespan`);
	return Number(count) * UNIT_MS[unit]!;
}

function findEvents(rule: DetectionRule, events: readonly Event[]): Match[] {
	return events
		.filter(compileRule(rule))
		.map((event) => ({ events: [event], timeMs: Date.parse(String(event.timestamp)) }))
		.sort((a, b) => a.timeMs - b.timeMs);
}

/** The matches of each group, in order of time. */
function groupMatches(matches: readonly Match[], correlation: Correlation): Match[][] {
	const groups = new Map<string, Match[]>();
	for (const match of [...matches].sort((a, b) => a.timeMs - b.timeMs)) {
		const key = getGroup(match, correlation);
		if (key !== undefined) groups.set(key, [...(groups.get(key) ?? []), match]);
	}
	return [...groups.values()];
}

function getGroup({ events }: Match, correlation: Correlation): string | undefined {
	const values = correlation['group-by'].map((field) => findValues(events.at(-1)!, field));
	const isComplete = values.every((each) => each.some((value) => (value ?? '') !== ''));
	return isComplete ? JSON.stringify(values) : undefined;
}

function countMatches(group: readonly Match[], correlation: Correlation): Match[] {
	const spanMs = parseTimespan(correlation.timespan);
	const limits = Object.entries(correlation.condition ?? {});
	return group.flatMap((last, index) => {
		const inWindow = group
			.slice(0, index + 1)
			.filter(({ timeMs }) => last.timeMs - timeMs <= spanMs);
		const holds = limits.every(([name, limit]) => COMPARISONS[name]!(inWindow.length, limit));
		return holds ? [combine(inWindow)] : [];
	});
}

/** One match of each rule, in their order, from first to last within the timespan. */
function findSequences(matchesByRule: readonly Match[][], correlation: Correlation): Match[] {
	const spanMs = parseTimespan(correlation.timespan);
	const [last = [], ...earlier] = [...matchesByRule].reverse();
	return last.flatMap((match) => {
		const group = getGroup(match, correlation);
		if (group === undefined) return [];
		const sequence = [match];
		for (const candidates of earlier) {
			// The latest that is not after the next one leaves the most room for those before.
			const previous = candidates.findLast(
				(each) => each.timeMs <= sequence[0]!.timeMs && getGroup(each, correlation) === group,
			);
			if (!previous) return [];
			sequence.unshift(previous);
		}
		return match.timeMs - sequence[0]!.timeMs <= spanMs ? [combine(sequence)] : [];
	});
}

function combine(matches: readonly Match[]): Match {
	const events = matches.flatMap((match) => match.events);
	return { events, timeMs: matches.at(-1)!.timeMs };
}
