import type { Behaviour } from '../../celonis/behaviour.mts';
import type { SourceName } from '../../../nodes/Celonis/sources';
import type { Anomalies } from './anomalies.mts';
import type { Emission } from './emissions.mts';
import type { Settings } from './settings.mts';

/** How a plan reaches Celonis. A run over real HTTP has to be short. */
export type Transport = 'inMemory' | 'http';

/** Everything that a seed decides before the first poll. */
export interface Plan {
	readonly seed: number;
	/** The log that is polled. */
	readonly sourceName: SourceName;
	/** A summary for the reader of a trace. */
	readonly profile: string;
	/** The server's time at activation, epoch milliseconds. */
	readonly beginMs: number;
	/** The start date that the user has set; `undefined`: from activation on. */
	readonly startMs?: number;
	readonly engine: 'inMemory' | 'durable';
	/** The time limit of a poll that n8n announces; `undefined` before n8n 2.41. */
	readonly budgetMs?: number;
	/** The time from one scheduled poll to the next. */
	readonly intervalMs: number;
	/** For each poll, a pause without polls before it; 0 for most. */
	readonly idleMs: readonly number[];
	readonly settings: Settings;
	/** Settings that the user changes to during the run. */
	readonly otherSettings: readonly Settings[];
	readonly disruptions: Disruptions;
	readonly server: ServerPlan;
	readonly network: NetworkPlan;
	/** How far n8n's clock is ahead of the server's clock. */
	readonly skewMs: number;
	readonly emissions: readonly Emission[];
	readonly anomalies: Anomalies;
}

/** The host of the team that the credential names at first. */
export const TEAM_HOST = 'team.eu-1.celonis.cloud';

/** What happens to n8n, as a share of the polls. */
export interface Disruptions {
	/** n8n crashes between handing a batch over and saving its state, in either order. */
	readonly crash: number;
	/** n8n crashes in the middle of a poll. */
	readonly kill: number;
	readonly restart: number;
	/** The workflow is saved with other settings. */
	readonly change: number;
	/** A second poll starts while the first is running, however short the first is. */
	readonly overlap: number;
	/** n8n's clock is set. */
	readonly clockStep: number;
	/** Instances of n8n that take over from each other. */
	readonly instances: 1 | 2;
}

/** The undocumented behaviour of the real server, as it is in this run. */
export interface ServerPlan {
	readonly behaviour: Partial<Behaviour>;
	/** Records per page. */
	readonly pageSize: number;
	/** Whether the server sets the `Date` header before or after it reads the log. */
	readonly dateHeader: 'before' | 'after';
	/** Version 2 omits fields that version 1 sends as null. */
	readonly omitsNulls: boolean;
	readonly tokenLifeSeconds: number;
}

/** The faults and the latency of the network. */
export interface NetworkPlan {
	/** The share of requests with a fault that a retry can overcome. */
	readonly transientRate: number;
	/** The share of requests with a fault that has to fail the poll. */
	readonly fatalRate: number;
	/** The share of polls at which an outage begins; it lasts for some polls. */
	readonly outageRate: number;
	/** The maximum round trip time. */
	readonly maxLatencyMs: number;
}

/** The times at which the polls of a plan are due, the activation first. */
export function computeDueTimes(
	beginMs: number,
	intervalMs: number,
	idleMs: readonly number[],
): readonly number[] {
	let dueMs = beginMs;
	return [beginMs, ...idleMs.map((ms) => (dueMs += intervalMs + ms))];
}
