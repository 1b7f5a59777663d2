import type { EngineContext } from './engineContext.mts';

/** Records once when a trigger without a start date has started: with its first successful poll of a team. */
export class StartRecorder {
	/** The teams that have started, and whether that is confirmed. */
	#known = new Map<string, 'provisional' | 'confirmed'>();

	constructor(private readonly context: EngineContext) {}

	/** Must be called after every poll that succeeded or was tolerated, with the time at which it began. */
	recordStart(fromMs: number, isProvisional: boolean): void {
		const { history, time, trace, getTeam, processes } = this.context;
		const team = getTeam();
		const known = this.#known.get(team);
		if (known === 'confirmed' || (known && isProvisional)) return;
		this.#known.set(team, isProvisional ? 'provisional' : 'confirmed');
		const { skewMs } = time;
		const atMs = time.server.now();
		const processId = processes.current;
		if (known) {
			history.record({ kind: 'confirmed', team, atMs, processId });
			return;
		}
		const start = { team, fromMs, toMs: atMs, skewMs, isProvisional, processId };
		history.record({ kind: 'started', ...start });
		trace.log(`started with ${team}`);
	}

	/** Must be called when n8n has lost its state, except that of some teams: the trigger starts again. */
	reset(savedTeams: Iterable<string>): void {
		const saved = new Set(savedTeams);
		this.#known = new Map([...this.#known].filter(([team]) => saved.has(team)));
	}
}
