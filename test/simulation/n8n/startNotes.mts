import type { EngineContext } from './engineContext.mts';

/** Notes when a trigger that starts now started: with its first poll, once. */
export class StartNotes {
	#isKnown = false;

	constructor(private readonly around: EngineContext) {}

	/** A poll that began at this moment has succeeded. */
	note(beganMs: number): void {
		if (this.#isKnown) return;
		this.#isKnown = true;
		const { history, time, trace } = this.around;
		// The server tells its time in whole seconds.
		const fromMs = Math.floor(beganMs / 1000) * 1000;
		history.record({ kind: 'started', fromMs, toMs: time.server.now() });
		trace.say('started');
	}

	/** n8n has nothing in its database, and its memory is gone: it will start anew. */
	forget(): void {
		this.#isKnown = false;
	}
}
