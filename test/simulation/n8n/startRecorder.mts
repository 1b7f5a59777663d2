import type { EngineContext } from './engineContext.mts';

/** Records once when a trigger without a start date has started: with its first successful poll. */
export class StartRecorder {
	#isKnown = false;

	constructor(private readonly context: EngineContext) {}

	/** Must be called after every successful poll, with the time at which it began. */
	recordStart(startedMs: number): void {
		if (this.#isKnown) return;
		this.#isKnown = true;
		const { history, time, trace } = this.context;
		// The `Date` header has whole seconds.
		const fromMs = Math.floor(startedMs / 1000) * 1000;
		history.record({ kind: 'started', fromMs, toMs: time.server.now() });
		trace.log('started');
	}

	/** Must be called when n8n has lost all its state: the trigger starts again. */
	reset(): void {
		this.#isKnown = false;
	}
}
