import type { Behaviour } from '../../celonis/behaviour.mts';
import type { Emission } from './emissions.mts';
import { describeServerTraits, type ServerTraits } from './serverTraits.mts';

/** What nobody promises and others have reported: clocks, records, answers and credentials that change. */
export interface Anomalies {
	/** The `Date` header is wrong. */
	readonly date?: DateAnomaly;
	/** The server's clock is set back during the run. */
	readonly setBack?: SetBack;
	readonly records: RecordAnomalies;
	readonly responses: ResponseAnomalies;
	readonly server: ServerTraits;
	/** Teams that the credential is switched to; the first team is the plan's own. */
	readonly otherTeams: readonly OtherTeam[];
	/** The team of each scheduled poll, as an index; empty for one team. */
	readonly teamOfPoll: readonly number[];
}

/** What is wrong with the `Date` header of some responses. */
export interface DateAnomaly {
	readonly form: 'shifted' | 'missing' | 'doubled' | 'invalid';
	/** How far a shifted header is ahead of the server's clock. */
	readonly offsetMs: number;
	/** Which responses have it: a share of them, every nth one, or only the first one of all. */
	readonly affects: { readonly share: number } | { readonly every: number } | 'first';
}

/** From a moment on, the server's clock is behind by some time, also in new records. */
export interface SetBack {
	/** The true time, epoch milliseconds. */
	readonly atMs: number;
	readonly byMs: number;
}

export interface RecordAnomalies {
	/** The same record is sent in different forms that mean the same. */
	readonly hasVaryingForms: boolean;
	/** Records have an `id` that does not identify them; or one that is sent only from a moment on. */
	readonly ids?: 'zero' | 'ofObject' | { readonly fromMs: number };
	/** Records have numbers beyond 2^53. */
	readonly hasLongNumbers: boolean;
	/** How many records are no objects, or have a timestamp that is no date. */
	readonly unreadable: number;
}

export interface ResponseAnomalies {
	/** The server's behaviours that nobody promises. */
	readonly behaviour: Partial<Behaviour>;
	/** The share of requests with an answer that is no page of a log, or has no usable page token. */
	readonly rate: number;
	/** The share of polls at which such answers begin; they last for some polls. */
	readonly outageRate: number;
	/** The share of activations during which Celonis is down. */
	readonly downAtActivationRate: number;
}

/** A team that the credential is switched to. */
export interface OtherTeam {
	readonly host: string;
	readonly emissions: readonly Emission[];
}

export const NO_ANOMALIES: Anomalies = {
	records: { hasVaryingForms: false, hasLongNumbers: false, unreadable: 0 },
	responses: { behaviour: {}, rate: 0, outageRate: 0, downAtActivationRate: 0 },
	server: {},
	otherTeams: [],
	teamOfPoll: [],
};

/** Whether the `Date` header may be no upper bound of the server's time. Then no other clock may be ahead. */
export function mayDateBeAhead({ date }: Anomalies): boolean {
	return date !== undefined && (date.form !== 'shifted' || date.offsetMs > 0);
}

/** Whether no response has a usable `Date` header: n8n's clock decides. */
export function isDateUnusable({ date }: Anomalies): boolean {
	return date !== undefined && date.form !== 'shifted' && affectsAll(date);
}

/** How far the `Date` header of every response is behind. */
export function getLastingLagMs({ date }: Anomalies): number {
	return date?.form === 'shifted' && affectsAll(date) ? Math.max(0, -date.offsetMs) : 0;
}

function affectsAll({ affects }: DateAnomaly): boolean {
	return affects !== 'first' && 'every' in affects && affects.every === 1;
}

/** The anomalies of a run, for the reader of a trace. */
export function describeAnomalies(anomalies: Anomalies): string[] {
	const { date, setBack, records, responses, server, otherTeams } = anomalies;
	return [
		date && `Date ${describeDate(date)}`,
		setBack && `server set back ${formatMinutes(setBack.byMs)}`,
		records.hasVaryingForms && 'varying records',
		records.ids && `ids ${typeof records.ids === 'string' ? records.ids : 'appear'}`,
		records.hasLongNumbers && 'long numbers',
		records.unreadable > 0 && 'unreadable records',
		responses.behaviour.tokenForm && 'number tokens',
		responses.behaviour.v1Empty && `empty as ${responses.behaviour.v1Empty}`,
		(responses.rate > 0 || responses.outageRate > 0) && 'odd answers',
		responses.downAtActivationRate > 0 && 'down at activation',
		...describeServerTraits(server),
		otherTeams.length > 0 && `${otherTeams.length + 1} teams`,
	].filter((text) => typeof text === 'string');
}

function describeDate({ form, offsetMs, affects }: DateAnomaly): string {
	const what = form === 'shifted' ? formatMinutes(offsetMs) : form;
	if (affects === 'first') return `${what} at first`;
	return 'every' in affects
		? `${what} in 1 of ${affects.every}`
		: `${what} in ${Math.round(100 * affects.share)} %`;
}

const formatMinutes = (ms: number): string => `${Math.round(ms / 60_000)} min`;
