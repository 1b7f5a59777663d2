import { manualClock, type Clock } from '../celonis/clock.mts';

/** The run's only time: it advances with every wait, and no wait takes real time. */
export class VirtualTime {
	readonly server: Clock;
	/** Called after every wait: what happens to n8n while a poll waits. */
	onWait: (() => Promise<void>) | undefined;

	constructor(
		beginMs: number,
		/** How far n8n's clock is ahead of the server's. */
		public skewMs = 0,
	) {
		this.server = manualClock(beginMs);
	}

	/** n8n's clock, epoch milliseconds. */
	hostNow = (): number => this.server.now() + this.skewMs;

	/**
	 * Concurrent waits end one after the other, in the order in which they started: the run of a
	 * seed does not depend on how many promises the code uses.
	 */
	wait = async (ms: number): Promise<void> => {
		this.server.advance(ms);
		await new Promise((resolve) => setImmediate(resolve));
		await this.onWait?.();
	};
}
