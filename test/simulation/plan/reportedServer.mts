import type { Behaviour } from '../../celonis/behaviour.mts';
import type { ReportedTeam } from '../../celonis/like.mts';
import type { DateAnomaly } from './anomalies.mts';
import type { ServerPlan } from './plan.mts';
import type { ServerTraits } from './serverTraits.mts';

/** The server of a report, in place of the one that a seed draws. */
export interface ReportedServer {
	readonly behaviour: Partial<Behaviour>;
	readonly tokenLifeSeconds?: number;
	/** What is wrong with the `Date` header of all responses. */
	readonly date?: DateAnomaly;
}

export function toReportedServer({ behaviour, access }: ReportedTeam): ReportedServer {
	const { dateHeader = 'valid' } = behaviour;
	return {
		behaviour,
		tokenLifeSeconds: access.tokenLifeSeconds,
		...(dateHeader !== 'valid' && {
			date: { form: dateHeader, offsetMs: 0, affects: { every: 1 } },
		}),
	};
}

/** The plan of a server that behaves as reported. What a report does not say is drawn. */
export function planReported(drawn: ServerPlan, { tokenLifeSeconds }: ReportedServer): ServerPlan {
	return {
		...drawn,
		omitsNulls: false,
		tokenLifeSeconds: tokenLifeSeconds ?? drawn.tokenLifeSeconds,
	};
}

/** Of the drawn traits, those that no report settles. */
export function keepUnreported({ largeAnswers }: ServerTraits): ServerTraits {
	return largeAnswers ? { largeAnswers } : {};
}
