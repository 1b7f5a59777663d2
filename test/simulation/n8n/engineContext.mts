import type { History } from '../history.mts';
import type { Settings } from '../plan/settings.mts';
import type { VirtualTime } from '../time.mts';
import type { Trace } from '../trace.mts';
import type { Activate } from './activation.mts';
import type { Nemesis } from './nemesis.mts';
import type { Poller } from './poller.mts';
import type { Position } from './positions.mts';
import type { Processes } from './processes.mts';

/** The dependencies of an engine. */
export interface EngineContext {
	readonly settings: Settings;
	readonly intervalMs: number;
	readonly time: VirtualTime;
	readonly activate: Activate;
	readonly processes: Processes;
	readonly nemesis: Nemesis;
	readonly poller: Poller;
	readonly history: History;
	readonly trace: Trace;
	/** Must be called when n8n is about to activate the trigger, other than for new settings. */
	readonly beforeActivation: () => void;
	/** The host of the team that the credential names at present. */
	readonly getTeam: () => string;
}

/** Records a poll that has succeeded, with the position that it started from. */
export function recordPoll(
	{ history, processes, getTeam }: EngineContext,
	atMs: number,
	{ polledMs: previousMs, owner }: Position,
): void {
	const isSameProcess = owner === processes.current;
	history.record({ kind: 'polled', team: getTeam(), atMs, previousMs, isSameProcess });
}

/** A scheduled poll must not hide its error: nobody would know that the trigger fails. */
export function recordHiddenFailure({ history, time }: EngineContext): void {
	const problem = 'a scheduled poll hides its error';
	history.record({ kind: 'violation', atMs: time.server.now(), problem });
}
