import type { SimulatedResponse } from './responses.mts';
import type { RecordedRequest } from './requests.mts';

/** What goes wrong with one request. Ready-made ones are in `faultKinds.mts`. */
export type Fault = {
	/** Shown in the record of requests. */
	name: string;
	/** Requests that this fault can happen to at all; every one if left out. */
	possibleFor?: (request: RecordedRequest) => boolean;
} & (
	| { kind: 'answer'; answer: SimulatedResponse }
	| {
			kind: 'change';
			change: (answer: SimulatedResponse, request: RecordedRequest) => SimulatedResponse;
	  }
	/** Announces the whole body, sends half of it, at least a start, and closes the connection. */
	| { kind: 'truncate' }
	/** The connection is reset: before the answer, or in the middle of its body. */
	| { kind: 'reset'; at: 'start' | 'body' }
	/** JSON that goes on and on, until the client has enough. */
	| { kind: 'flood' }
	/** A byte now and then, so that the connection is never idle for long. */
	| { kind: 'trickle' }
	/** No answer, ever. */
	| { kind: 'hang' }
);

export type When =
	| { path?: string; method?: string; pageIndex?: number }
	| ((request: RecordedRequest) => boolean);

interface Planned {
	fault: Fault;
	matches: (request: RecordedRequest) => boolean;
	timesLeft: number;
}

/** Faults on demand: a queue of planned ones, and a hook for tests that decide at every request. */
export class Faults {
	/** Asked when no planned fault matches, so that a seeded test can decide by itself. */
	decide?: (request: RecordedRequest) => Fault | undefined;
	private planned: Planned[] = [];

	/** Lets the next matching request, or the next `times` of them, go wrong. First planned, first met. */
	next(options: { times?: number; when?: When }, fault: Fault): void {
		const { times = 1, when = {} } = options;
		this.planned.push({ fault, matches: matcher(when, fault), timesLeft: times });
	}

	/** Lets every matching request go wrong until `clear`. */
	always(options: { when?: When }, fault: Fault): void {
		this.next({ ...options, times: Infinity }, fault);
	}

	clear(): void {
		this.planned = [];
		this.decide = undefined;
	}

	/** How many planned faults have not happened yet. */
	get waiting(): number {
		return this.planned.reduce((sum, { timesLeft }) => sum + timesLeft, 0);
	}

	/** The fault for this request, which is used up by asking. */
	take(request: RecordedRequest): Fault | undefined {
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

function matcher(when: When, fault: Fault): (request: RecordedRequest) => boolean {
	const possible = fault.possibleFor ?? (() => true);
	if (typeof when === 'function') return (request) => possible(request) && when(request);
	return (request) =>
		possible(request) &&
		(when.path === undefined || when.path === request.path) &&
		(when.method === undefined || when.method === request.method) &&
		(when.pageIndex === undefined || when.pageIndex === request.pageIndex);
}
