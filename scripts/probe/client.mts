import type { HeaderNotes } from './headers.mts';
import type { Access } from './words.mts';
import type { End } from './report.mts';

/** The time of a probe. Tests give one that does not wait. */
export interface ProbeClock {
	/** Epoch milliseconds. */
	now(): number;
	sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** The response to a request. It never leaves the probe. */
export interface Answer {
	readonly access: Access;
	readonly status: number;
	/** The JSON of a response with status 2xx, or of a refused token request. */
	readonly json: unknown;
	readonly sentAtMs: number;
	/** The time of the server's `Date` header; `undefined` without a valid one. */
	readonly serverMs: number | undefined;
}

export type Query = Readonly<Record<string, string | number | undefined>>;

/** Why a probe ends before it is complete. */
export class ProbeEnd extends Error {
	override name = 'ProbeEnd';

	constructor(readonly end: End) {
		super(end);
	}
}

export interface ClientOptions {
	/** Origin of the team. */
	readonly url: string;
	readonly clock: ProbeClock;
	readonly signal: AbortSignal;
	readonly notes: HeaderNotes;
	/** How many requests may be sent; the probe's own maximum by default. */
	readonly maxRequests?: number;
}

/** A probe never sends more requests than this, apart from those of a watch. */
export const MAX_REQUESTS = 60;

/** The pause between two requests. */
export const PACE_MS = 500;

const TIMEOUT_MS = 60_000;
const MAX_BODY_BYTES = 50_000_000;
const MAX_FAILURES_IN_A_ROW = 3;

/** Sends the requests of a probe: one after the other, with pauses, to the team only. */
export class ProbeClient {
	#count = 0;
	#failures = 0;
	#budget: number;

	constructor(private readonly options: ClientOptions) {
		// The last request of a probe is kept for the age of a page token.
		this.#budget = (options.maxRequests ?? MAX_REQUESTS) - 1;
	}

	get count(): number {
		return this.#count;
	}

	/** How many more requests the probe may send. */
	get remaining(): number {
		return this.#budget - this.#count;
	}

	/** Allows more requests than those of the probe itself. */
	allowMore(requests: number): void {
		this.#budget += requests;
	}

	/** Reads a path of the team. */
	async get(path: string, query: Query, authorization: string): Promise<Answer> {
		const url = this.#toUrl(path);
		for (const [name, value] of Object.entries(query)) {
			if (value !== undefined) url.searchParams.set(name, String(value));
		}
		return await this.#send(url, { headers: { accept: 'application/json', authorization } });
	}

	/** Requests an access token, the only request that is no reading. */
	async post(
		path: string,
		form: Readonly<Record<string, string>>,
		headers: Readonly<Record<string, string>> = {},
	): Promise<Answer> {
		const init = { method: 'POST', body: new URLSearchParams(form), headers };
		return await this.#send(this.#toUrl(path), init);
	}

	#toUrl(path: string): URL {
		const url = new URL(path, this.options.url);
		if (url.origin !== new URL(this.options.url).origin) throw new Error('A path left the team.');
		return url;
	}

	async #send(url: URL, init: RequestInit): Promise<Answer> {
		const { clock, signal, notes } = this.options;
		if (this.remaining <= 0) throw new ProbeEnd('all requests used');
		if (this.#count > 0) await clock.sleep(PACE_MS, signal).catch(() => undefined);
		if (signal.aborted) throw new ProbeEnd('interrupted');
		this.#count++;
		const sentAtMs = clock.now();
		const answer = await this.#exchange(url, init);
		if (signal.aborted) throw new ProbeEnd('interrupted');
		if (answer === 'no connection' || answer === 'timeout') {
			if (++this.#failures >= MAX_FAILURES_IN_A_ROW) throw new ProbeEnd('no connection');
			return { access: answer, status: 0, json: undefined, sentAtMs, serverMs: undefined };
		}
		this.#failures = 0;
		const { response, text } = answer;
		const serverMs = notes.read(response, sentAtMs, clock.now());
		if (response.status === 429) throw new ProbeEnd('rate limited');
		const json = parseJson(text);
		const isJson = json !== undefined;
		return {
			access: toAccess(response.status, isJson),
			status: response.status,
			json,
			sentAtMs,
			serverMs,
		};
	}

	async #exchange(
		url: URL,
		init: RequestInit,
	): Promise<{ response: Response; text: string } | 'no connection' | 'timeout'> {
		const timeout = AbortSignal.timeout(TIMEOUT_MS);
		const signal = AbortSignal.any([this.options.signal, timeout]);
		try {
			// A redirect could lead to another host: it is an answer like any other.
			const response = await fetch(url, { ...init, redirect: 'manual', signal });
			return { response, text: await readBody(response) };
		} catch {
			return timeout.aborted ? 'timeout' : 'no connection';
		}
	}
}

/** The body of a response, unless it is too large: then nothing. */
async function readBody({ body }: Response): Promise<string> {
	if (!body) return '';
	const chunks: Uint8Array[] = [];
	let bytes = 0;
	for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
		bytes += chunk.length;
		if (bytes > MAX_BODY_BYTES) return '';
		chunks.push(chunk);
	}
	return Buffer.concat(chunks).toString();
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

function toAccess(status: number, isJson: boolean): Access {
	if (status === 204) return 'empty';
	if (status >= 200 && status < 300) return isJson ? 'ok' : 'no JSON';
	if (status >= 300 && status < 400) return 'redirect';
	if (status >= 500) return 'server error';
	const refusals: Readonly<Record<number, Access>> = {
		400: 'bad request',
		401: 'unauthorized',
		403: 'forbidden',
		404: 'not found',
	};
	return refusals[status] ?? 'other refusal';
}
