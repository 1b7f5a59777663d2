/** An HTTP response with any status. Header names are in lower case. */
export interface HttpResponse {
	readonly status: number;
	readonly headers: Readonly<Record<string, unknown>>;
	/** Parsed if it was JSON, otherwise text. */
	readonly body: unknown;
	/** This machine's wall clock when the request was sent, in epoch milliseconds. */
	readonly sentAtMs: number;
	/** From sending the request to the end of the response. */
	readonly durationMs: number;
}

/** A header's text, or `undefined` if it is missing. */
export function getHeader(response: HttpResponse, name: string): string | undefined {
	const value = response.headers[name];
	return typeof value === 'string' ? value : undefined;
}

/** The only format in which servers may send a date (RFC 9110, section 5.6.7). */
const HTTP_DATE = /^\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * The server's clock by the `Date` header (whole seconds), in epoch milliseconds; `undefined` without
 * exactly one valid header. Node.js joins several headers with commas.
 */
export function getServerTime(response: HttpResponse): number | undefined {
	const text = getHeader(response, 'date')?.trim() ?? '';
	const timeMs = HTTP_DATE.test(text) ? Date.parse(text) : NaN;
	return Number.isNaN(timeMs) ? undefined : timeMs;
}
