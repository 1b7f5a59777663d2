import type { Random } from '../../celonis/random.mts';
import type { Disruptions } from '../plan/plan.mts';
import type { Settings } from '../plan/settings.mts';
import type { Handover } from './engine.mts';

/** Draws the disruptions of n8n. */
export class Nemesis {
	#isHealed = false;

	constructor(
		private readonly random: Random,
		private readonly disruptions: Disruptions,
		/** Whether n8n's clock is never ahead. */
		private readonly isClockNeverAhead = false,
	) {}

	/** Ends all disruptions for the rest of the run. */
	heal(): void {
		this.#isHealed = true;
	}

	handover(): Handover {
		return this.#occurs('crash') ? this.random.pick(['savedOnly', 'handedOverOnly']) : 'complete';
	}

	/** The wait of this poll at which n8n crashes; most polls have few waits. */
	killAtWait(): number {
		return this.#occurs('kill') ? this.random.integer(1, 12) : Infinity;
	}

	/** Whether the other instance takes over after a crash. */
	otherInstanceTakesOver(): boolean {
		return this.disruptions.instances > 1 && this.random.chance(0.5);
	}

	/** Whether n8n activates the workflow only later, in another mode: it crashed during the activation. */
	activationIsLate(): boolean {
		return !this.#isHealed && this.random.chance(0.3);
	}

	secondPollStarts = () => this.#occurs('overlap');
	restarts = () => this.#occurs('restart');
	clockIsSet = () => this.#occurs('clockStep');

	/** The settings that the user changes to, if the user changes them. */
	newSettings(others: readonly Settings[]): Settings | undefined {
		return others.length > 0 && this.#occurs('change') ? this.random.pick(others) : undefined;
	}

	skewMs(): number {
		const skewMs = this.random.integer(-86_400_000, 86_400_000);
		return this.isClockNeverAhead ? -Math.abs(skewMs) : skewMs;
	}

	#occurs(disruption: Exclude<keyof Disruptions, 'instances'>): boolean {
		return !this.#isHealed && this.random.chance(this.disruptions[disruption]);
	}
}
