import type { Chronicle } from '../chronicle.mts';
import type { Settings } from '../plan/settings.mts';
import type { VirtualTime } from '../time.mts';
import type { Trace } from '../trace.mts';
import type { Activate } from './activation.mts';
import type { Fortune } from './fortune.mts';
import type { Poller } from './poller.mts';
import type { Processes } from './processes.mts';

/** What an engine works with. */
export interface Surroundings {
	readonly settings: Settings;
	readonly intervalMs: number;
	readonly time: VirtualTime;
	readonly activate: Activate;
	readonly processes: Processes;
	readonly fortune: Fortune;
	readonly poller: Poller;
	readonly chronicle: Chronicle;
	readonly trace: Trace;
}
