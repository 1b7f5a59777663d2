import type { Behaviour } from '../../celonis/behaviour.mts';
import type { Random } from '../../celonis/random.mts';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../support/durations.mts';
import type {
	Anomalies,
	DateAnomaly,
	RecordAnomalies,
	ResponseAnomalies,
	SetBack,
} from './anomalies.mts';

const YEAR_MS = 365 * DAY_MS;
const MAX_SHIFT_MS = 120 * MINUTE_MS;

/** What the anomalies of a run depend on. */
export interface AnomalyRules {
	readonly beginMs: number;
	readonly endMs: number;
	readonly lookbackMs: number;
	/** The number of scheduled polls. */
	readonly polls: number;
}

/** The anomalies of a run, without the traits of the server and the events of other teams. */
export interface AnomalyDraw extends Omit<Anomalies, 'server' | 'otherTeams'> {
	/** How many teams there are besides the first one. */
	readonly otherTeamCount: number;
}

/** Draws what nobody promises. The draws have a stream of their own, in this order. */
export function drawAnomalies(rules: AnomalyRules, random: Random): AnomalyDraw {
	const clock = random.fraction();
	const date = clock < 0.18 ? drawDate(random) : undefined;
	const setBack = clock >= 0.18 && clock < 0.26 ? drawSetBack(rules, random) : undefined;
	const records = drawRecords(rules, random);
	const responses = drawResponses(random);
	const otherTeamCount = random.chance(0.1) ? random.integer(1, 2) : 0;
	return {
		...(date && { date }),
		...(setBack && { setBack }),
		records,
		responses,
		otherTeamCount,
		teamOfPoll: otherTeamCount > 0 ? drawTeams(rules.polls, otherTeamCount, random) : [],
	};
}

function drawDate(random: Random): DateAnomaly {
	const form = random.pick([
		'shifted',
		'shifted',
		'shifted',
		'shifted',
		'missing',
		'doubled',
		'invalid',
	] as const);
	const sign = random.pick([1, -1]);
	const usualMs = sign * random.integer(MINUTE_MS, MAX_SHIFT_MS);
	const draw = random.pick<() => Pick<DateAnomaly, 'offsetMs' | 'affects'>>([
		() => ({ offsetMs: usualMs, affects: { share: 0.01 * random.integer(1, 5) } }),
		() => ({ offsetMs: sign * YEAR_MS, affects: { share: 0.01 * random.integer(1, 5) } }),
		() => ({ offsetMs: usualMs, affects: { every: 4 } }),
		() => ({ offsetMs: sign * YEAR_MS, affects: 'first' }),
		() => ({ offsetMs: usualMs, affects: { every: 1 } }),
	]);
	return { form, ...draw() };
}

/** Also by about the lookback: by less, the position is not in the future. */
function drawSetBack({ beginMs, endMs, lookbackMs }: AnomalyRules, random: Random): SetBack {
	const byMs = random.pick([
		random.integer(2 * MINUTE_MS, 20 * MINUTE_MS),
		random.integer(20 * MINUTE_MS, 180 * MINUTE_MS),
		Math.max(2 * MINUTE_MS, lookbackMs + random.integer(-90, 90) * SECOND_MS),
	]);
	const atMs = random.integer(beginMs, beginMs + Math.floor(0.8 * (endMs - beginMs)));
	return { atMs, byMs: SECOND_MS * Math.floor(byMs / SECOND_MS) };
}

function drawRecords({ beginMs, endMs }: AnomalyRules, random: Random): RecordAnomalies {
	const hasVaryingForms = random.chance(0.1);
	const ids = random.pick([
		'zero',
		'ofObject',
		{ fromMs: random.integer(beginMs, endMs) },
	] as const);
	const hasIds = random.chance(0.1);
	const hasLongNumbers = random.chance(0.08);
	const unreadable = random.chance(0.08) ? random.integer(1, 4) : 0;
	return { hasVaryingForms, ...(hasIds && { ids }), hasLongNumbers, unreadable };
}

function drawResponses(random: Random): ResponseAnomalies {
	const rates = random.pick([
		{ rate: 0.05, outageRate: 0 },
		{ rate: 0, outageRate: 0.08 },
		{ rate: 0.03, outageRate: 0.05 },
	]);
	const isOdd = random.chance(0.12);
	const downAtActivationRate = random.chance(0.12) ? 0.5 : 0;
	const empty = random.pick(['nullContent', 'onlyCount'] as const);
	const behaviour: Partial<Behaviour> = {
		...(random.chance(0.08) && { v1Empty: empty, v2Empty: empty, loginsEmpty: empty }),
		...(random.chance(0.08) && { tokenForm: 'number' as const }),
	};
	return { ...(isOdd ? rates : { rate: 0, outageRate: 0 }), downAtActivationRate, behaviour };
}

/** The first poll after the activation stays with the first team; there is at least one other poll. */
function drawTeams(polls: number, otherTeamCount: number, random: Random): number[] {
	const first = random.integer(2, Math.max(2, Math.floor(polls / 3)));
	let team = 0;
	return Array.from({ length: polls }, (_, poll) => {
		if (poll === first) team = 1;
		else if (poll > first && random.chance(0.25)) team = random.integer(0, otherTeamCount);
		return team;
	});
}
