import type { EventGenerator } from '../../celonis/arrivals.mts';
import { createLoginGenerator } from '../../celonis/loginEvents.mts';
import { seededRandom, type Random } from '../../celonis/random.mts';
import { createRecordGenerator } from '../../celonis/records.mts';
import type { SourceName } from '../../../nodes/Celonis/sources';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../support/durations.mts';
import { alterEmissions } from './alterEmissions.mts';
import { describeAnomalies, mayDateBeAhead, NO_ANOMALIES, type Anomalies } from './anomalies.mts';
import { drawAnomalies, type AnomalyRules } from './drawAnomalies.mts';
import { drawDisruptions, drawNetwork, drawServer } from './drawConditions.mts';
import { drawEmissions, type Emission, type EmissionRules } from './emissions.mts';
import { drawServerTraits, type TraitRules } from './serverTraits.mts';
import { computeDueTimes, type Plan, type Transport } from './plan.mts';
import { keepUnreported, planReported, type ReportedServer } from './reportedServer.mts';
import type { Settings } from './settings.mts';

/** The generator of each log's records. */
const GENERATORS: Readonly<Record<SourceName, (seed: number) => EventGenerator>> = {
	auditLog: createRecordGenerator,
	loginHistory: createLoginGenerator,
};

/**
 * Draws the plan of a seed. The same seed gives the same plan as long as the order of the draws
 * stays: add a new draw after all others. A reported server takes the place of the drawn one.
 */
export function drawPlan(
	seed: number,
	transport: Transport = 'inMemory',
	sourceName: SourceName = 'auditLog',
	reported?: ReportedServer,
): Plan {
	const random = seededRandom(seed);
	const scenario = drawScenario(transport, random);
	const { engine, isLarge, isGrowing } = scenario;
	const { endMs, ...schedule } = drawSchedule(scenario, transport, random);
	const { beginMs, startMs, intervalMs, idleMs } = schedule;

	const count = drawCount(scenario, random);
	const lookbacks = isGrowing ? [10 * MINUTE_MS] : drawLookbacks(intervalMs, random);
	const draw = () => drawSettings(count, lookbacks, transport, random);
	const settings = draw();
	const otherSettings = random.chance(0.4) ? [draw(), draw()] : [];
	const lookbackMs = Math.min(...[settings, ...otherSettings].map((each) => each.lookbackMs));

	const drawn = drawServer(isLarge ? 'large' : isGrowing ? 'growing' : 'usual', random);
	const server = reported ? planReported(drawn, reported) : drawn;
	const network = drawNetwork(transport, random);
	const disruptions = drawDisruptions(transport, random);
	const concurrency = selectConcurrency(seed, network.maxLatencyMs);
	const skewMs = random.chance(0.5) ? 0 : random.integer(-DAY_MS, DAY_MS);
	const isBursty = random.chance(0.3);
	const rules: EmissionRules = {
		makeRecord: GENERATORS[sourceName](seed),
		fromMs: startMs ?? beginMs - 2 * lookbackMs,
		toMs: endMs,
		count,
		pollsMs: computeDueTimes(beginMs, intervalMs, idleMs),
		lookbackMs,
		...drawEmissionRates(isGrowing, isBursty, random),
	};
	const emissions = drawEmissions(rules, random);
	const budgetMs =
		engine === 'durable' ? 36 * SECOND_MS : random.pick([300 * SECOND_MS, undefined]);
	const pageRules = {
		pageSize: server.pageSize,
		concurrency,
		hasEmptyPages: server.behaviour.emptyPageWithToken === true,
		empty: server.behaviour.v1Empty ?? 'page',
		order: server.behaviour.order ?? 'desc',
		isSlow: network.maxLatencyMs > SECOND_MS,
	};
	const anomalies =
		transport === 'inMemory'
			? drawRunAnomalies(rules, emissions, pageRules, seed, sourceName, reported)
			: NO_ANOMALIES;
	const plan = {
		seed,
		sourceName,
		engine,
		...schedule,
		settings: { ...settings, concurrency },
		otherSettings: otherSettings.map((each) => ({ ...each, concurrency })),
		disruptions,
		server,
		network,
		skewMs: mayDateBeAhead(anomalies) ? -Math.abs(skewMs) : skewMs,
		emissions: alterEmissions(emissions, anomalies, seededRandom(seed + 6)),
		budgetMs,
		anomalies,
	};
	return { ...plan, profile: formatProfile(plan, scenario, isBursty) };
}

/** Draws from streams of their own what nobody promises, with the logs of other teams. */
function drawRunAnomalies(
	rules: EmissionRules,
	emissions: readonly Emission[],
	traitRules: TraitRules,
	seed: number,
	sourceName: SourceName,
	reported: ReportedServer | undefined,
): Anomalies {
	const random = seededRandom(seed + 5);
	const { pollsMs, lookbackMs, toMs } = rules;
	const anomalyRules: AnomalyRules = {
		beginMs: pollsMs[0] ?? toMs,
		endMs: toMs,
		lookbackMs,
		polls: pollsMs.length - 1,
	};
	const { otherTeamCount, ...anomalies } = drawAnomalies(anomalyRules, random);
	const empty = anomalies.responses.behaviour.v1Empty ?? traitRules.empty;
	const traitRandom = seededRandom(seed + 11);
	const traits = drawServerTraits({ ...traitRules, empty }, traitRandom);
	const server = reported ? keepUnreported(traits) : traits;
	const drawn: Anomalies = {
		...anomalies,
		...(reported?.date && { date: reported.date }),
		server,
		otherTeams: [],
	};
	const drawTeam = (number: number) => {
		const makeRecord = GENERATORS[sourceName](seed + 100 * number);
		const count = Math.ceil(rules.count / 2);
		const own = drawEmissions({ ...rules, makeRecord, count }, random);
		// The same event of the system, in the same millisecond.
		const shared = emissions.filter(() => random.chance(0.1));
		const host = `team-${number}.eu-1.celonis.cloud`;
		return { host, emissions: alterEmissions([...own, ...shared], drawn, random) };
	};
	return {
		...drawn,
		otherTeams: Array.from({ length: otherTeamCount }, (_, i) => drawTeam(i + 2)),
	};
}

/** The traits of a run that decide about many others. */
interface Scenario {
	readonly isLarge: boolean;
	readonly engine: Plan['engine'];
	readonly startsInPast: boolean;
	/** Whether the log grows while it is read. */
	readonly isGrowing: boolean;
}

function drawScenario(transport: Transport, random: Random): Scenario {
	return {
		isLarge: transport === 'inMemory' && random.chance(0.006),
		engine: random.pick(['inMemory', 'durable'] as const),
		startsInPast: random.chance(0.25),
		isGrowing: random.chance(0.1),
	};
}

function drawSchedule({ isGrowing, startsInPast }: Scenario, transport: Transport, random: Random) {
	const intervalMs = isGrowing ? MINUTE_MS : random.pick([1, 1, 1, 1, 2, 5, 15]) * MINUTE_MS;
	const polls = transport === 'http' ? random.integer(8, 14) : random.integer(20, 30);
	const idleMs = Array.from({ length: polls }, () =>
		random.chance(0.03) ? random.integer(1, 90) * MINUTE_MS : 0,
	);
	const beginMs = Date.parse('2026-06-01T08:00:00Z') + random.integer(0, 600 * SECOND_MS);
	const startMs = startsInPast ? beginMs - random.integer(1, 28 * DAY_MS) : undefined;
	const endMs = beginMs + polls * intervalMs + idleMs.reduce((sum, ms) => sum + ms, 0);
	return { beginMs, startMs, intervalMs, idleMs, endMs };
}

/** The number of events. */
function drawCount({ isLarge, isGrowing }: Scenario, random: Random): number {
	if (isLarge) return random.integer(1000, 1600);
	if (isGrowing) return random.integer(60, 120);
	return random.integer(5, random.pick([25, 60, 120]));
}

/** Long compared with the poll interval, short, or almost zero. */
function drawLookbacks(intervalMs: number, random: Random): number[] {
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
	transport: Transport,
	random: Random,
): Omit<Settings, 'concurrency'> {
	const minEvents = Math.ceil(count / 40);
	return {
		apiVersion: random.pick(['v1', 'v2']),
		lookbackMs: random.pick(lookbacks),
		maxEvents: random.pick([10_000, 10_000, minEvents, minEvents + random.integer(0, 10)]),
		repeatLastBatch: random.chance(0.5),
		...(transport === 'inMemory' && random.chance(0.25) && { hidden: random.integer(0, 3) }),
	};
}

/**
 * Virtual time adds up the latencies of concurrent requests: with slow responses, parallel requests
 * would leave no poll enough time.
 */
function selectConcurrency(seed: number, maxLatencyMs: number): number {
	return maxLatencyMs > SECOND_MS ? 1 : ([1, 2, 4, 8][seed % 4] ?? 1);
}

function drawEmissionRates(isGrowing: boolean, isBursty: boolean, random: Random) {
	return {
		lateRate: isGrowing ? 0.9 : random.pick([0, 0.1, 0.4]),
		tooLateRate: random.pick([0, 0, 0.05]),
		sameTimestampRate: isBursty ? 0.9 : random.pick([0, 0.05, 0.3]),
		duplicateRate: random.pick([0, 0.02, 0.2]),
		hasOwnIds: random.chance(0.1),
	};
}

function formatProfile(
	{ network, disruptions, otherSettings, anomalies }: Omit<Plan, 'profile'>,
	{ engine, startsInPast, isLarge, isGrowing }: Scenario,
	isBursty: boolean,
): string {
	return [
		engine === 'durable' ? 'durable engine' : 'in-memory engine',
		startsInPast ? 'start date' : 'from now',
		isLarge && 'large',
		isGrowing && 'growth while reading',
		isBursty && 'bursts',
		network.outageRate > 0 && 'outages',
		network.transientRate > 0.1 && 'storm',
		network.maxLatencyMs > SECOND_MS && 'slow',
		disruptions.crash > 0 && 'crashes',
		disruptions.instances > 1 && 'two instances',
		otherSettings.length > 0 && 'changes',
		...describeAnomalies(anomalies),
	]
		.filter(Boolean)
		.join(', ');
}
