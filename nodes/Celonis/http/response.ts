/** An HTTP response with any status. Header names are in lower case. */
export interface HttpResponse {
	readonly status: number;
	readonly headers: Readonly<Record<string, unknown>>;
	/** Parsed if it was JSON, otherwise text. */
	readonly body: unknown;
	/** From sending the request to the end of the response. */
	readonly durationMs: number;
}

/** A header's text, or `undefined` if it is missing. */
export function getHeader(response: HttpResponse, name: string): string | undefined {
	const value = response.headers[name];
	return typeof value === 'string' ? value : undefined;
}

/** The server's clock by the `Date` header (whole seconds), in epoch milliseconds. */
export function getServerTime(response: HttpResponse): number | undefined {
	const timeMs = Date.parse(getHeader(response, 'date') ?? '');
	return Number.isNaN(timeMs) ? undefined : timeMs;
}
