/** An HTTP answer, whatever its status. Header names are in lower case. */
export interface HttpResponse {
	readonly status: number;
	readonly headers: Readonly<Record<string, unknown>>;
	/** Parsed where it was JSON, else text. */
	readonly body: unknown;
	/** From sending the request to having the answer, in milliseconds. */
	readonly durationMs: number;
}

/** A header's text, or `undefined` where it is missing. */
export function getHeader(answer: HttpResponse, name: string): string | undefined {
	const value = answer.headers[name];
	return typeof value === 'string' ? value : undefined;
}

/** The server's clock as told by the `Date` header (whole seconds), in epoch milliseconds. */
export function getServerTime(answer: HttpResponse): number | undefined {
	const timeMs = Date.parse(getHeader(answer, 'date') ?? '');
	return Number.isNaN(timeMs) ? undefined : timeMs;
}
