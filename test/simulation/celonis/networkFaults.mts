import { rateLimitExceeded } from '../../celonis/responses.mts';
import {
	respondWith,
	contentMissing,
	contentNotAList,
	errorsInBody,
	linksWithoutContent,
	maintenanceJson,
	emptyOk,
	hang,
	htmlPage,
	unrelatedJson,
	rateLimited,
	redirectTo,
	repeatToken,
	resetBeforeResponse,
	resetInBody,
	serverError,
	truncatedBody,
	tokenFailure,
} from '../../celonis/faults/index.mts';
import type { InjectedFault } from '../../celonis/faults/faultInjector.mts';
import type { Random } from '../../celonis/random.mts';
import type { RecordedRequest } from '../../celonis/requests.mts';
import type { NetworkPlan } from '../plan/plan.mts';

/** A fault of one request, or the expiry of all access tokens. */
export type NetworkFault = InjectedFault | 'tokensExpire';

/** The end of a request's line in a trace. */
export function formatFault(fault: NetworkFault | undefined): string {
	if (fault === undefined) return '';
	return ` met: ${fault === 'tokensExpire' ? 'tokens expire' : fault.name}`;
}

type FaultFactory = (random: Random, nowMs: number) => NetworkFault;

/** Faults that a retry can overcome. */
const TRANSIENT_FAULTS: readonly FaultFactory[] = [
	(random) => serverError(random.pick([502, 503, 504])),
	(random, nowMs) => rateLimitedFor(random.integer(0, 20), random, nowMs),
	() => resetBeforeResponse(),
	() => resetInBody(),
	() => truncatedBody(),
	(random) => (random.chance(0.2) ? hang() : resetInBody()),
	() => 'tokensExpire',
];

/** Faults after which the poll must fail. */
const FATAL_FAULTS: readonly FaultFactory[] = [
	() => serverError(500),
	() => respondWith(403),
	() => respondWith(404),
	(random, nowMs) => rateLimitedFor(3600, random, nowMs),
	() => htmlPage(),
	() => redirectTo('https://elsewhere.example/'),
	() => unrelatedJson(),
	() => emptyOk(),
	() => contentMissing(),
	() => contentNotAList(),
	() => errorsInBody(),
	() => linksWithoutContent(),
	() => repeatToken(),
	() => tokenFailure('invalid_client', 401),
	() => maintenanceJson(),
];

/** Faults that last for some polls. */
const OUTAGE_FAULTS: readonly FaultFactory[] = [
	() => serverError(503),
	() => resetBeforeResponse(),
	() => respondWith(403),
	() => truncatedBody(),
	() => tokenFailure('temporarily_unavailable', 503),
];

/** Draws the fault of each request. */
export class NetworkFaults {
	readonly #random: Random;
	readonly #plan: NetworkPlan;
	#outage: { fault: NetworkFault; pollsLeft: number } | undefined;
	#isHealed = false;

	constructor(random: Random, plan: NetworkPlan) {
		this.#random = random;
		this.#plan = plan;
	}

	/** Ends all faults for the rest of the run. */
	heal(): void {
		this.#isHealed = true;
		this.#outage = undefined;
	}

	/** Must be called before every poll: outages begin and end here. */
	beforePoll(nowMs: number): void {
		if (this.#outage && --this.#outage.pollsLeft <= 0) this.#outage = undefined;
		if (this.#isHealed || this.#outage || !this.#random.chance(this.#plan.outageRate)) return;
		const fault = this.#random.pick(OUTAGE_FAULTS)(this.#random, nowMs);
		this.#outage = { fault, pollsLeft: this.#random.integer(1, 5) };
	}

	/** The fault of a request, if it has one. */
	drawFault(nowMs: number, recordRequest: () => RecordedRequest): NetworkFault | undefined {
		const fault = this.#drawAnyFault(nowMs);
		if (fault === undefined || fault === 'tokensExpire') return fault;
		return (fault.possibleFor?.(recordRequest()) ?? true) ? fault : undefined;
	}

	/** The latency of a request or of its response. */
	drawLatencyMs(): number {
		const { maxLatencyMs } = this.#plan;
		const maxMs =
			this.#isHealed || this.#random.chance(0.5) ? Math.min(60, maxLatencyMs) : maxLatencyMs;
		return this.#random.integer(0, Math.floor(maxMs / 2));
	}

	/** How n8n reports a response that breaks off. */
	drawTruncation(): 'half' | 'aborted' | 'ECONNRESET' {
		return this.#random.pick(['half', 'aborted', 'ECONNRESET']);
	}

	#drawAnyFault(nowMs: number): NetworkFault | undefined {
		if (this.#isHealed) return undefined;
		if (this.#outage) return this.#outage.fault;
		const fraction = this.#random.fraction();
		const { transientRate, fatalRate } = this.#plan;
		if (fraction >= transientRate + fatalRate) return undefined;
		const createFault = this.#random.pick(
			fraction < transientRate ? TRANSIENT_FAULTS : FATAL_FAULTS,
		);
		return createFault(this.#random, nowMs);
	}
}

/** A 429 that announces the end of the limit in one of the possible forms, or not at all. */
function rateLimitedFor(seconds: number, random: Random, nowMs: number): InjectedFault {
	const atMs = nowMs + seconds * 1000;
	const headers = random.pick<Record<string, string>>([
		{ 'x-ratelimit-reset': String(seconds) },
		{ 'x-ratelimit-reset': String(Math.ceil(atMs / 1000)) },
		{ 'x-ratelimit-reset': String(atMs) },
		{ 'x-ratelimit-reset': new Date(atMs).toISOString() },
		{ 'retry-after': String(seconds) },
		{ 'retry-after': new Date(atMs).toUTCString() },
		{},
	]);
	const response = rateLimitExceeded(atMs);
	return { ...rateLimited(headers), type: 'respond', response: withHeaders(response, headers) };
}

function withHeaders<T extends { headers: Record<string, string> }>(
	response: T,
	headers: Record<string, string>,
): T {
	return { ...response, headers: { ...response.headers, ...headers } };
}
