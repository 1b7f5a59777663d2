/** An HTTP answer, whatever its status. Header names are in lower case. */
export interface Answer {
	readonly status: number;
	readonly headers: Readonly<Record<string, unknown>>;
	/** Parsed where it was JSON, else text. */
	readonly body: unknown;
	/** From sending the request to having the answer, in milliseconds. */
	readonly tookMs: number;
}

/** A header's text, or `undefined` where it is missing. */
export function headerOf(answer: Answer, name: string): string | undefined {
	const value = answer.headers[name];
	return typeof value === 'string' ? value : undefined;
}

/** The server's clock as told by the `Date` header (whole seconds), in epoch milliseconds. */
export function serverTimeOf(answer: Answer): number | undefined {
	const timeMs = Date.parse(headerOf(answer, 'date') ?? '');
	return Number.isNaN(timeMs) ? undefined : timeMs;
}
