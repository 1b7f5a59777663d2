import type { EventGenerator } from '../../celonis/arrivals.mts';
import type { Behaviour } from '../../celonis/behaviour.mts';
import { createLoginGenerator } from '../../celonis/loginEvents.mts';
import { seededRandom, type Random } from '../../celonis/random.mts';
import { createRecordGenerator } from '../../celonis/records.mts';
import type { SourceName } from '../../../nodes/Celonis/sources';
import { drawEmissions } from './emissions.mts';
import {
	dueTimes,
	type Plan,
	type ServerPlan,
	type Disruptions,
	type NetworkPlan,
} from './plan.mts';
import type { Settings } from './settings.mts';
import { SECOND_MS, MINUTE_MS, DAY_MS } from '../../support/durations.mts';

/** The way through which a plan is carried out; one over real HTTP has to be short. */
export type Scale = 'inMemory' | 'http';

/** What happens in a team, as each log tells it. */
const GENERATORS: Readonly<Record<SourceName, (seed: number) => EventGenerator>> = {
	auditLog: createRecordGenerator,
	loginHistory: createLoginGenerator,
};

/** What the seed stands for, in a log. The same seed gives the same plan, for ever, as long as nothing here changes. */
export function drawPlan(
	seed: number,
	scale: Scale = 'inMemory',
	sourceName: SourceName = 'auditLog',
): Plan {
	const random = seededRandom(seed);
	const isLarge = scale === 'inMemory' && random.chance(0.006);
	const engine = random.pick(['inMemory', 'durable'] as const);
	const startsInPast = random.chance(0.25);
	const isRush = random.chance(0.1);
	const intervalMs = isRush ? MINUTE_MS : random.pick([1, 1, 1, 1, 2, 5, 15]) * MINUTE_MS;
	const polls = scale === 'http' ? random.integer(8, 14) : random.integer(20, 30);
	const idleMs = Array.from({ length: polls }, () =>
		random.chance(0.03) ? random.integer(1, 90) * MINUTE_MS : 0,
	);
	const beginMs = Date.parse('2026-06-01T08:00:00Z') + random.integer(0, 600 * SECOND_MS);
	const startMs = startsInPast ? beginMs - random.integer(1, 28 * DAY_MS) : undefined;
	const endMs = beginMs + polls * intervalMs + idleMs.reduce((sum, ms) => sum + ms, 0);

	const count = isLarge
		? random.integer(1000, 1600)
		: isRush
			? random.integer(60, 120)
			: random.integer(5, random.pick([25, 60, 120]));
	const lookbacks = isRush ? [10 * MINUTE_MS] : lookbacksFor(intervalMs, random);
	const draw = () => drawSettings(count, lookbacks, scale, random);
	const settings = draw();
	const otherSettings = random.chance(0.4) ? [draw(), draw()] : [];
	const lookbackMs = Math.min(...[settings, ...otherSettings].map((each) => each.lookbackMs));

	const server = drawServer(isLarge ? 'large' : isRush ? 'rush' : 'usual', random);
	const network = drawWeather(scale, random);
	const disruptions = drawUpheavals(scale, random);
	const concurrency = concurrencyFor(seed, network);
	const skewMs = random.chance(0.5) ? 0 : random.integer(-DAY_MS, DAY_MS);
	const isBursty = random.chance(0.3);
	const [pastMs, futureMs] = [startMs ?? beginMs - 2 * lookbackMs, endMs];
	const emissions = drawEmissions(
		{
			makeRecord: GENERATORS[sourceName](seed),
			fromMs: pastMs,
			toMs: futureMs,
			count,
			pollsMs: dueTimes(beginMs, intervalMs, idleMs),
			lookbackMs,
			lateShare: isRush ? 0.9 : random.pick([0, 0.1, 0.4]),
			tooLateShare: random.pick([0, 0, 0.05]),
			sameInstantShare: isBursty ? 0.9 : random.pick([0, 0.05, 0.3]),
			twinShare: random.pick([0, 0.02, 0.2]),
			ownIds: random.chance(0.1),
		},
		random,
	);
	return {
		seed,
		sourceName,
		profile: [
			engine === 'durable' ? 'durable engine' : 'in-memory engine',
			startsInPast ? 'start date' : 'from now',
			isLarge && 'large',
			isRush && 'growth while reading',
			isBursty && 'bursts',
			network.outage > 0 && 'outages',
			network.passing > 0.1 && 'storm',
			network.slowestMs > SECOND_MS && 'slow',
			disruptions.crash > 0 && 'crashes',
			disruptions.instances > 1 && 'two instances',
			otherSettings.length > 0 && 'changes',
		]
			.filter(Boolean)
			.join(', '),
		beginMs,
		startMs,
		engine,
		budgetMs: engine === 'durable' ? 36 * SECOND_MS : random.pick([300 * SECOND_MS, undefined]),
		intervalMs,
		idleMs,
		settings: { ...settings, concurrency },
		otherSettings: otherSettings.map((each) => ({ ...each, concurrency })),
		disruptions,
		server,
		network,
		skewMs,
		emissions,
	};
}

/**
 * The run's time passes for one answer after the other. Slow ones that are waited for at once would
 * take as long as all of them together, and no poll would have the time.
 */
function concurrencyFor(seed: number, { slowestMs }: NetworkPlan): number {
	return slowestMs > SECOND_MS ? 1 : ([1, 2, 4, 8][seed % 4] ?? 1);
}

/** Long against the time between two polls, short against it, or next to nothing. */
function lookbacksFor(intervalMs: number, random: Random): number[] {
	return random.pick([
		[10 * MINUTE_MS],
		[10 * MINUTE_MS, 2 * MINUTE_MS, 20 * MINUTE_MS],
		[3 * intervalMs, 5 * intervalMs],
		[intervalMs + 1, intervalMs - 1],
		[20 * SECOND_MS, 500],
	]);
}

function drawSettings(
	count: number,
	lookbacks: readonly number[],
	scale: Scale,
	random: Random,
): Omit<Settings, 'concurrency'> {
	const fewest = Math.ceil(count / 40);
	return {
		apiVersion: random.pick(['v1', 'v2']),
		lookbackMs: random.pick(lookbacks),
		maxEvents: random.pick([10_000, 10_000, fewest, fewest + random.integer(0, 10)]),
		repeatLastBatch: random.chance(0.5),
		...(scale === 'inMemory' && random.chance(0.25) && { hidden: random.integer(0, 3) }),
	};
}

const PAGE_SIZES = { usual: [3, 8, 30, 200], rush: [3, 5], large: [20, 50, 200] } as const;

function drawServer(load: keyof typeof PAGE_SIZES, random: Random): ServerPlan {
	const behaviour: Partial<Behaviour> = {
		order: random.pick(['asc', 'desc', 'shuffled']),
		fromBound: random.pick(['inclusive', 'exclusive']),
		toBound: random.pick(['inclusive', 'exclusive']),
		lastToken: random.pick(['absent', 'empty', 'null']),
		emptyPageWithToken: random.chance(0.1),
		v1Empty: random.pick(['204', 'page']),
		v2Empty: random.pick(['204', 'page']),
		pageTimeMs: random.pick(load === 'rush' ? [300, 1500] : [0, 20, 700, 3000]),
		...(random.chance(0.15) && {
			rateLimit: {
				limit: random.integer(5, 40),
				windowSeconds: random.integer(1, 40),
				resetForm: random.pick(['seconds', 'epoch', 'date-time', 'retry-after', 'none']),
			},
		}),
	};
	return {
		behaviour,
		pageSize: random.pick(PAGE_SIZES[load]),
		dateOf: random.pick(['before', 'after']),
		leavesOutNulls: random.chance(0.3),
		tokenLifeSeconds: random.pick([899, 899, 60]),
	};
}

function drawWeather(scale: Scale, random: Random): NetworkPlan {
	const calm = { passing: 0, failing: 0, outage: 0, slowestMs: 60 };
	return {
		...calm,
		...random.pick<Partial<NetworkPlan>>([
			{},
			{ passing: 0.04 },
			{ passing: 0.05, failing: 0.05 },
			{ passing: 0.3, failing: 0.02 },
			{ outage: 0.08 },
			{ passing: 0.02, outage: 0.05 },
		]),
		...(scale === 'inMemory' && {
			slowestMs: random.pick([60, 60, 60, 900, 5000, 20_000]),
		}),
	};
}

function drawUpheavals(scale: Scale, random: Random): Disruptions {
	const isCalm = random.chance(0.4);
	const often = (share: number) => (!isCalm && random.chance(0.5) ? share : 0);
	return {
		crash: often(0.15),
		kill: scale === 'inMemory' ? often(0.05) : 0,
		restart: often(0.08),
		change: 0.06,
		overlap: scale === 'inMemory' ? random.pick([0, 0.1]) : 0,
		clockStep: random.pick([0, 0, 0.05]),
		instances: random.chance(0.2) ? 2 : 1,
	};
}
