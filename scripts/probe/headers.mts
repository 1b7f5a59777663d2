import { FACTS } from './facts.mts';
import type { Findings } from './findings.mts';
import { orderWords } from './seen.mts';
import { CONTENT_TYPES, HEADERS } from './words.mts';

/** Numbers up to this are seconds to wait; larger ones are an epoch. */
const MAX_WAIT_S = 86_400 * 365;
/** Both times are rounded to seconds, and the response was under way. */
const MAX_ROUNDING_S = 2;

const WAITS_S = [1, 10, 60, 600, 3600, 86_400];

/** A `Date` header has no milliseconds, and the response was under way. */
const MIN_SKEW_MS = 2000;

const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** What the headers of all responses show. */
export class HeaderNotes {
	readonly #names = new Set<string>();
	readonly #dates = new Set<string>();
	readonly #contentTypes = new Set<string>();
	readonly #resets = new Set<string>();
	#limit: number | undefined;
	#waitS = 0;
	/** The smallest difference of the clocks: what is beyond it may be the network. */
	#skewMs: number | undefined;
	#count = 0;

	/** Notes the headers of a response. Returns the server's time, epoch milliseconds. */
	read({ headers, status }: Response, sentAtMs: number, receivedAtMs: number): number | undefined {
		this.#count++;
		for (const name of headers.keys()) this.#names.add(name);
		if (status === 200) this.#contentTypes.add(toContentType(headers.get('content-type')));
		const serverMs = this.#readDate(headers.get('date'));
		if (serverMs !== undefined) this.#compareClocks(serverMs, sentAtMs, receivedAtMs);
		this.#readLimit(headers, serverMs ?? receivedAtMs);
		return serverMs;
	}

	report(findings: Findings): void {
		if (this.#count === 0) return;
		findings.see('http.headers', orderWords(HEADERS, this.#names));
		findings.see('http.date', orderWords(['valid', 'invalid', 'doubled', 'missing'], this.#dates));
		if (this.#contentTypes.size > 0) {
			findings.see('http.contentTypes', orderWords(CONTENT_TYPES, this.#contentTypes));
		}
		if (this.#skewMs !== undefined) findings.see('http.clockSeconds', roundSkew(this.#skewMs));
		if (this.#limit !== undefined) findings.see('http.rateLimit', this.#limit);
		const [reset] = this.#resets;
		if (this.#resets.size === 1 && reset !== undefined) {
			findings.see('http.rateLimitReset', reset);
			findings.see('http.rateLimitSeconds', this.#waitS);
		} else if (this.#resets.size > 1) findings.miss('not clear', 'http.rateLimitReset');
		else if (this.#limit !== undefined) findings.see('http.rateLimitReset', 'not');
		findings.miss('not used here', ...HEADER_FACTS);
	}

	#readDate(text: string | null): number | undefined {
		const isDoubled = text !== null && text.split(', ').length > 2;
		const isValid = text !== null && !isDoubled && HTTP_DATE.test(text);
		const ms = isValid ? Date.parse(text) : NaN;
		const form = text === null ? 'missing' : isDoubled ? 'doubled' : 'invalid';
		this.#dates.add(Number.isNaN(ms) ? form : 'valid');
		return Number.isNaN(ms) ? undefined : ms;
	}

	#compareClocks(serverMs: number, sentAtMs: number, receivedAtMs: number): void {
		const ahead = Math.max(0, serverMs - receivedAtMs);
		const behind = Math.max(0, sentAtMs - 1000 - serverMs);
		const skewMs = ahead > 0 ? ahead : -behind;
		if (Math.abs(skewMs) < Math.abs(this.#skewMs ?? Infinity)) this.#skewMs = skewMs;
	}

	#readLimit(headers: Headers, nowMs: number): void {
		const limit = headers.get('x-ratelimit-limit')?.trim() ?? '';
		if (/^\d{1,9}$/.test(limit)) this.#limit = Number(limit);
		const reset = headers.get('x-ratelimit-reset') ?? '';
		const retryAfter = headers.get('retry-after') ?? '';
		if (reset !== '') {
			const amount = Number(reset);
			const isSeconds = amount <= MAX_WAIT_S;
			const epochMs = amount < 1e11 ? amount * 1000 : amount;
			const atMs = Number.isNaN(amount) ? Date.parse(reset) : epochMs;
			if (Number.isNaN(atMs)) return;
			this.#resets.add(
				isSeconds ? 'in seconds' : Number.isNaN(amount) ? 'as a date' : 'as an epoch',
			);
			this.#noteWait(isSeconds ? amount : (atMs - nowMs) / 1000 - MAX_ROUNDING_S);
		} else if (/^\d+$/.test(retryAfter.trim())) {
			this.#resets.add('by retry-after');
			this.#noteWait(Number(retryAfter));
		}
	}

	#noteWait(seconds: number): void {
		const rounded = WAITS_S.find((wait) => seconds <= wait) ?? 86_400;
		this.#waitS = Math.max(this.#waitS, rounded);
	}
}

const HEADER_FACTS = FACTS.flatMap(({ id }) => (id.startsWith('http.') ? [id] : []));

function toContentType(header: string | null): (typeof CONTENT_TYPES)[number] {
	const type = header?.split(';')[0]?.trim().toLowerCase();
	if (type === undefined || type === '') return 'none';
	if (type === 'application/json') return 'json';
	if (type === 'application/problem+json') return 'problem+json';
	if (type === 'text/plain') return 'text';
	return type === 'text/html' ? 'html' : 'other';
}

/** In seconds, as exact as the header allows and no more. */
function roundSkew(ms: number): number {
	const seconds = Math.abs(ms) / 1000;
	if (Math.abs(ms) <= MIN_SKEW_MS) return 0;
	const step = seconds < 60 ? 10 : seconds < 3600 ? 60 : 3600;
	const rounded = Math.max(step, step * Math.round(seconds / step));
	return Math.min(rounded, 1_000_000_000) * Math.sign(ms);
}
