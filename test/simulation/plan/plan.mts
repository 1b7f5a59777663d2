import type { Behaviour } from '../../celonis/behaviour.mts';
import type { SourceName } from '../../../nodes/Celonis/sources';
import type { Emission } from './emissions.mts';
import type { Settings } from './settings.mts';

/** Everything that a seed decides before the first poll. */
export interface Plan {
	readonly seed: number;
	/** The log that is polled. */
	readonly sourceName: SourceName;
	/** In words, for whoever reads a trace. */
	readonly profile: string;
	/** The server's time at activation, epoch milliseconds. */
	readonly beginMs: number;
	/** The start date that the user gave; `undefined`: from activation on. */
	readonly startMs?: number;
	readonly engine: 'inMemory' | 'durable';
	/** What n8n says a poll may take; `undefined` before n8n 2.41. */
	readonly budgetMs?: number;
	/** Time from one scheduled poll to the next. */
	readonly intervalMs: number;
	/** Pauses in which no poll runs, before each of the polls; 0 for most. */
	readonly idleMs: readonly number[];
	readonly settings: Settings;
	/** Settings that the user changes to in the course of the run. */
	readonly otherSettings: readonly Settings[];
	readonly disruptions: Disruptions;
	readonly server: ServerPlan;
	readonly network: NetworkPlan;
	/** How far n8n's clock is ahead of the server's. */
	readonly skewMs: number;
	readonly emissions: readonly Emission[];
}

/** How often, as a share of the polls, something happens to n8n. */
export interface Disruptions {
	/** n8n dies between handing a batch over and saving its state, in either order. */
	readonly crash: number;
	/** n8n dies in the middle of a poll. */
	readonly kill: number;
	readonly restart: number;
	/** The workflow is saved with other settings. */
	readonly change: number;
	/** A second poll starts while the first is under way, however quick that is. */
	readonly overlap: number;
	/** n8n's clock is set. */
	readonly clockStep: number;
	/** Instances of n8n that take over from each other. */
	readonly instances: 1 | 2;
}

/** What is unknown of the real server, as it is in this run. */
export interface ServerPlan {
	readonly behaviour: Partial<Behaviour>;
	/** Records a page. */
	readonly pageSize: number;
	/** Whether an answer's `Date` is of before or of after the log was read. */
	readonly dateOf: 'before' | 'after';
	/** Version 2 leaves out fields that version 1 sends as null. */
	readonly leavesOutNulls: boolean;
	readonly tokenLifeSeconds: number;
}

/** What goes wrong on the way. */
export interface NetworkPlan {
	/** Share of the requests that meet a fault that passes by itself. */
	readonly passing: number;
	/** Share of the requests that meet a fault for which a poll has to fail. */
	readonly failing: number;
	/** Share of the polls at which an outage begins; it lasts for some polls. */
	readonly outage: number;
	/** The longest that a request is under way, there and back. */
	readonly slowestMs: number;
}

/** When the scheduled polls of a plan are due, the activation first. */
export function dueTimes(
	beginMs: number,
	intervalMs: number,
	idleMs: readonly number[],
): readonly number[] {
	let dueMs = beginMs;
	return [beginMs, ...idleMs.map((ms) => (dueMs += intervalMs + ms))];
}
