import type { SimulatedResponse } from '../responses.mts';
import type { RecordedRequest } from '../requests.mts';

/** What goes wrong with one request. */
export type InjectedFault = {
	/** Shown in the recorded request. */
	name: string;
	/** Which requests this fault can affect; all by default. */
	possibleFor?: (request: RecordedRequest) => boolean;
} & (
	| { type: 'respond'; response: SimulatedResponse }
	| {
			type: 'transform';
			transform: (response: SimulatedResponse, request: RecordedRequest) => SimulatedResponse;
	  }
	/** Announces the whole body, sends half of it and closes the connection. */
	| { type: 'truncate' }
	/** Resets the connection: before the response, or in the middle of its body. */
	| { type: 'reset'; at: 'start' | 'body' }
	/** Endless JSON, until the client disconnects. */
	| { type: 'flood' }
	/** A byte now and then, so that the connection is never idle for long. */
	| { type: 'trickle' }
	/** Never responds. */
	| { type: 'hang' }
);

export type RequestMatcher =
	| { path?: string; method?: string; pageIndex?: number }
	| ((request: RecordedRequest) => boolean);

interface PlannedFault {
	fault: InjectedFault;
	matches: (request: RecordedRequest) => boolean;
	timesLeft: number;
}

/** Injects faults: a queue of planned ones, and a hook for tests that decide at every request. */
export class FaultInjector {
	/** Called when no planned fault matches, so that a seeded test can decide by itself. */
	decide?: (request: RecordedRequest) => InjectedFault | undefined;
	private planned: PlannedFault[] = [];

	/** Injects the fault in the next matching request, or the next `times` of them, in the order of planning. */
	next(options: { times?: number; when?: RequestMatcher }, fault: InjectedFault): void {
		const { times = 1, when = {} } = options;
		this.planned.push({ fault, matches: createMatcher(when, fault), timesLeft: times });
	}

	/** Injects the fault in every matching request until `clear`. */
	always(options: { when?: RequestMatcher }, fault: InjectedFault): void {
		this.next({ ...options, times: Infinity }, fault);
	}

	clear(): void {
		this.planned = [];
		this.decide = undefined;
	}

	/** How many planned faults have not been injected yet. */
	get pendingCount(): number {
		return this.planned.reduce((sum, { timesLeft }) => sum + timesLeft, 0);
	}

	/** The fault for this request; a planned one is used up. */
	take(request: RecordedRequest): InjectedFault | undefined {
		const planned = this.planned.find(({ matches }) => matches(request));
		if (!planned) {
			const decided = this.decide?.(request);
			return decided && (decided.possibleFor?.(request) ?? true) ? decided : undefined;
		}
		planned.timesLeft -= 1;
		if (planned.timesLeft <= 0) this.planned = this.planned.filter((other) => other !== planned);
		return planned.fault;
	}
}

function createMatcher(
	when: RequestMatcher,
	fault: InjectedFault,
): (request: RecordedRequest) => boolean {
	const possible = fault.possibleFor ?? (() => true);
	if (typeof when === 'function') return (request) => possible(request) && when(request);
	return (request) =>
		possible(request) &&
		(when.path === undefined || when.path === request.path) &&
		(when.method === undefined || when.method === request.method) &&
		(when.pageIndex === undefined || when.pageIndex === request.pageIndex);
}
