import type { History } from '../history.mts';
import type { Settings } from '../plan/settings.mts';
import type { VirtualTime } from '../time.mts';
import type { Trace } from '../trace.mts';
import type { Activate } from './activation.mts';
import type { Nemesis } from './nemesis.mts';
import type { Poller } from './poller.mts';
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
}
