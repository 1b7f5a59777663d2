import {
	errorsInBody,
	linksWithoutContent,
	maintenanceJson,
	resetBeforeResponse,
	respondWith,
	serverError,
	statusInBody,
	unusablePageToken,
} from '../../celonis/faults/index.mts';
import type { InjectedFault } from '../../celonis/faults/faultInjector.mts';
import type { Random } from '../../celonis/random.mts';
import type { RecordedRequest } from '../../celonis/requests.mts';
import type { ResponseAnomalies } from '../plan/anomalies.mts';

/** Answers with status 200 that are no page of a log: the poll must fail. */
const ODD_RESPONSES: ReadonlyArray<(random: Random) => InjectedFault> = [
	() => maintenanceJson(),
	() => errorsInBody(),
	(random) => statusInBody(random.pick([500, 503])),
	() => linksWithoutContent(),
	(random) => unusablePageToken(random.pick<unknown>([{ offset: 500 }, ['next'], true])),
];

/** Why Celonis cannot be used during an activation. */
const DOWN: ReadonlyArray<() => InjectedFault> = [
	() => serverError(503),
	() => resetBeforeResponse(),
	() => respondWith(403),
	() => maintenanceJson(),
];

/** Draws answers that nobody promises, and when Celonis is down while n8n activates the trigger. */
export class OddResponses {
	#outage: { fault: InjectedFault; pollsLeft: number } | undefined;
	#isHealed = false;

	constructor(
		private readonly random: Random,
		private readonly rates: ResponseAnomalies,
	) {}

	/** Ends them for the rest of the run. */
	heal(): void {
		this.#isHealed = true;
		this.#outage = undefined;
	}

	/** Must be called before every scheduled poll. */
	beforePoll(): void {
		if (this.#outage && --this.#outage.pollsLeft <= 0) this.#outage = undefined;
		if (this.#outage || !this.#occurs(this.rates.outageRate)) return;
		const fault = this.random.pick(ODD_RESPONSES)(this.random);
		this.#outage = { fault, pollsLeft: this.random.integer(1, 5) };
	}

	/** Must be called before n8n activates the trigger, other than for a change of its settings. */
	beforeActivation(): void {
		if (this.#outage || !this.#occurs(this.rates.downAtActivationRate)) return;
		this.#outage = { fault: this.random.pick(DOWN)(), pollsLeft: this.random.integer(1, 4) };
	}

	/** The fault of a request, if it has one. */
	drawFault(recordRequest: () => RecordedRequest): InjectedFault | undefined {
		const fault =
			this.#outage?.fault ??
			(this.#occurs(this.rates.rate) ? this.random.pick(ODD_RESPONSES)(this.random) : undefined);
		return fault && (fault.possibleFor?.(recordRequest()) ?? true) ? fault : undefined;
	}

	#occurs(rate: number): boolean {
		return !this.#isHealed && rate > 0 && this.random.chance(rate);
	}
}
