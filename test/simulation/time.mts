import { manualClock, type Clock } from '../celonis/clock.mts';

/** The run's only time: it passes when somebody waits, and nobody waits in reality. */
export class VirtualTime {
	readonly server: Clock;
	/** What happens to n8n while a poll waits; asked after every wait. */
	meanwhile: (() => Promise<void>) | undefined;

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
	 * Those who wait at the same time go on one after the other, in the order in which they began to
	 * wait: what a seed stands for does not depend on how many promises the code is made of.
	 */
	wait = async (ms: number): Promise<void> => {
		this.server.advance(ms);
		await new Promise((resolve) => setImmediate(resolve));
		await this.meanwhile?.();
	};
}
