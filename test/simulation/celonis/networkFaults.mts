import { rateLimitExceeded } from '../../celonis/responses.mts';
import {
	respondWith,
	contentMissing,
	contentNotAList,
	emptyOk,
	hang,
	htmlPage,
	unrelatedJson,
	rateLimited,
	recordNotAnObject,
	redirectTo,
	repeatToken,
	resetBeforeResponse,
	resetInBody,
	serverError,
	invalidTimestamp,
	truncatedBody,
	tokenFailure,
} from '../../celonis/faults/index.mts';
import type { Fault } from '../../celonis/faults/faultInjector.mts';
import type { Random } from '../../celonis/random.mts';
import type { RecordedRequest } from '../../celonis/requests.mts';
import type { NetworkPlan } from '../plan/plan.mts';

/** A fault, or the end of all access tokens, which is no fault of a single request. */
export type NetworkFault = Fault | 'tokensExpire';

/** How a trace tells of it. */
export function describeFault(mishap: NetworkFault | undefined): string {
	if (mishap === undefined) return '';
	return ` met: ${mishap === 'tokensExpire' ? 'tokens expire' : mishap.name}`;
}

type DrawFault = (random: Random, nowMs: number) => NetworkFault;

/** Each of them is over with the next request. */
const PASSING: readonly DrawFault[] = [
	(random) => serverError(random.pick([502, 503, 504])),
	(random, nowMs) => rateLimitedFor(random.integer(0, 20), random, nowMs),
	() => resetBeforeResponse(),
	() => resetInBody(),
	() => truncatedBody(),
	(random) => (random.chance(0.2) ? hang() : resetInBody()),
	() => 'tokensExpire',
];

/** A poll has to fail for each of them. */
const FAILING: readonly DrawFault[] = [
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
	() => recordNotAnObject(),
	() => invalidTimestamp(),
	() => repeatToken(),
	() => tokenFailure('invalid_client', 401),
	() => dateMissing(),
];

/** What lasts for some polls. */
const OUTAGES: readonly DrawFault[] = [
	() => serverError(503),
	() => resetBeforeResponse(),
	() => respondWith(403),
	() => truncatedBody(),
	() => tokenFailure('temporarily_unavailable', 503),
];

/** Decides what goes wrong with which request. */
export class NetworkFaults {
	readonly #random: Random;
	readonly #plan: NetworkPlan;
	#outage: { fault: NetworkFault; pollsLeft: number } | undefined;
	#isCalm = false;

	constructor(random: Random, plan: NetworkPlan) {
		this.#random = random;
		this.#plan = plan;
	}

	/** From now on nothing goes wrong any more. */
	heal(): void {
		this.#isCalm = true;
		this.#outage = undefined;
	}

	/** To be told before every poll; outages begin and end here. */
	beforePoll(nowMs: number): void {
		if (this.#outage && --this.#outage.pollsLeft <= 0) this.#outage = undefined;
		if (this.#isCalm || this.#outage || !this.#random.chance(this.#plan.outage)) return;
		const fault = this.#random.pick(OUTAGES)(this.#random, nowMs);
		this.#outage = { fault, pollsLeft: this.#random.integer(1, 5) };
	}

	/** What happens to a request, if anything does. */
	faultAt(nowMs: number, requestOf: () => RecordedRequest): NetworkFault | undefined {
		const mishap = this.#draw(nowMs);
		if (mishap === undefined || mishap === 'tokensExpire') return mishap;
		return (mishap.possibleFor?.(requestOf()) ?? true) ? mishap : undefined;
	}

	/** How long a request, or its answer, is under way. */
	travelMs(): number {
		const { slowestMs } = this.#plan;
		const most = this.#isCalm || this.#random.chance(0.5) ? Math.min(60, slowestMs) : slowestMs;
		return this.#random.integer(0, Math.floor(most / 2));
	}

	/** One of the ways in which an answer that breaks off shows in n8n. */
	breakingOff(): 'half' | 'aborted' | 'ECONNRESET' {
		return this.#random.pick(['half', 'aborted', 'ECONNRESET']);
	}

	#draw(nowMs: number): NetworkFault | undefined {
		if (this.#isCalm) return undefined;
		if (this.#outage) return this.#outage.fault;
		const chance = this.#random.fraction();
		const { passing, failing } = this.#plan;
		if (chance >= passing + failing) return undefined;
		const draw = this.#random.pick(chance < passing ? PASSING : FAILING);
		return draw(this.#random, nowMs);
	}
}

/** A 429 in one of the forms in which the time to come back may be told. */
function rateLimitedFor(seconds: number, random: Random, nowMs: number): Fault {
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
	const answer = rateLimitExceeded(atMs);
	return { ...rateLimited(headers), type: 'respond', response: withHeaders(answer, headers) };
}

/** A proxy between the team and n8n took the `Date` header away. */
function dateMissing(): Fault {
	return {
		name: 'no date',
		type: 'transform',
		transform: (answer) => withHeaders(answer, { date: '' }),
	};
}

function withHeaders<T extends { headers: Record<string, string> }>(
	answer: T,
	headers: Record<string, string>,
): T {
	return { ...answer, headers: { ...answer.headers, ...headers } };
}
