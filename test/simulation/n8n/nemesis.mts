import type { Random } from '../../celonis/random.mts';
import type { Disruptions } from '../plan/plan.mts';
import type { Settings } from '../plan/settings.mts';
import type { Handover } from './engine.mts';

/** What happens to n8n, and when. */
export class Nemesis {
	#isCalm = false;

	constructor(
		private readonly random: Random,
		private readonly disruptions: Disruptions,
	) {}

	/** From now on nothing happens any more. */
	heal(): void {
		this.#isCalm = true;
	}

	handover(): Handover {
		return this.#happens('crash') ? this.random.pick(['savedOnly', 'handedOverOnly']) : 'complete';
	}

	/** At which wait of this poll n8n dies; most polls have few. */
	killAtWait(): number {
		return this.#happens('kill') ? this.random.integer(1, 12) : Infinity;
	}

	/** After n8n died: whether another instance is there to go on at once. */
	otherInstanceTakesOver(): boolean {
		return this.disruptions.instances > 1 && this.random.chance(0.5);
	}

	/** Whether n8n died while it activated the workflow, and activates it later, in another mode. */
	activationIsLate(): boolean {
		return !this.#isCalm && this.random.chance(0.3);
	}

	secondPollStarts = () => this.#happens('overlap');
	restarts = () => this.#happens('restart');
	clockIsSet = () => this.#happens('clockStep');

	/** The settings that the user changes to, if it is time. */
	newSettings(others: readonly Settings[]): Settings | undefined {
		return others.length > 0 && this.#happens('change') ? this.random.pick(others) : undefined;
	}

	skewMs(): number {
		return this.random.integer(-86_400_000, 86_400_000);
	}

	#happens(what: Exclude<keyof Disruptions, 'instances'>): boolean {
		return !this.#isCalm && this.random.chance(this.disruptions[what]);
	}
}
