import { getFact } from '../../scripts/probe/facts.mts';
import type { ProbeReport } from '../../scripts/probe/report.mts';
import type { Seen } from '../../scripts/probe/seen.mts';
import { createAccess, type Access } from './access.mts';
import type { Behaviour } from './behaviour.mts';
import { runningClock } from './clock.mts';
import { getRule, type Changes } from './likeRules.mts';
import type { SimulatorOptions } from './simulator.mts';

/** How a simulated team behaves like a reported one. */
export interface ReportedTeam {
	readonly behaviour: Partial<Behaviour>;
	readonly access: Partial<Access>;
	/** How far the team's clock is ahead. */
	readonly clockOffsetMs: number;
	/** How late events appear, where the report has watched for it. */
	readonly lateness?: { readonly lateShare: number; readonly maxLatenessMs: number };
	/** IDs of facts that were seen and cannot be simulated. */
	readonly unsimulated: readonly string[];
}

/** How to behave like the team of a report. What it has not seen stays as it is by default. */
export function behaveLike(report: ProbeReport): ReportedTeam {
	const changes: Changes = { behaviour: {}, perList: {}, access: createAccess(), clockOffsetMs: 0 };
	const seenById = new Map(
		report.findings.flatMap((finding) =>
			finding.verdict === 'not seen' ? [] : [[finding.id, finding.seen] as const],
		),
	);
	const getSeen = (id: string) => seenById.get(getFact(id).id);
	const unsimulated = [...seenById].flatMap(([id, seen]) =>
		getRule(id)(seen, changes, getSeen) ? [] : [id],
	);
	const lateness = findLateness(seenById);
	return {
		behaviour: { ...changes.behaviour, perList: changes.perList },
		access: changes.access,
		clockOffsetMs: changes.clockOffsetMs,
		...(lateness && { lateness }),
		unsimulated,
	};
}

/** The options of a simulator that behaves like a reported team. */
export function createReportedOptions(reported: ReportedTeam): SimulatorOptions {
	const { behaviour, access, clockOffsetMs } = reported;
	const clock = runningClock();
	clock.advance(clockOffsetMs);
	return { ...access, behaviour, clock };
}

/** What a simulator says of the report that it follows. */
export function describeLikeness({ unsimulated }: ReportedTeam): string {
	const start = 'It behaves like the team of the report';
	return unsimulated.length === 0
		? `${start}.`
		: `${start}, except for: ${unsimulated.join(', ')}.`;
}

const MINUTE_MS = 60_000;
/** Where a report says that some are later than an hour. */
const MAX_LATENESS_MS = 120 * MINUTE_MS;

function findLateness(seenById: ReadonlyMap<string, Seen>): ReportedTeam['lateness'] {
	for (const log of ['v2', 'v1', 'logins']) {
		const bound = seenById.get(`${log}.lateness`);
		if (typeof bound !== 'string') continue;
		const minutes = parseInt(bound, 10);
		const late = Number(seenById.get(`${log}.late`) ?? 0);
		const watched = Number(seenById.get(`${log}.watched`) ?? 0);
		return {
			lateShare: watched === 0 ? 0 : late / watched,
			maxLatenessMs: Number.isNaN(minutes) ? MAX_LATENESS_MS : minutes * MINUTE_MS,
		};
	}
	return undefined;
}
