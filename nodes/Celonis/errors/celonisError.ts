import { interpolateApiTerms, type ApiName } from './apis';
import { ERROR_CATALOG, type ErrorCode, type ErrorDefinition } from './catalog';

/** One thing that went wrong, and what is known of it. */
export interface ErrorDetails {
	readonly code: ErrorCode;
	/** The API that it is about; the audit log where nothing is said. */
	readonly api?: ApiName;
	/** HTTP status of the answer. */
	readonly status?: number;
	/** What Node.js or the token endpoint calls it. */
	readonly nativeCode?: string;
	/** How long Celonis wants us to wait, in milliseconds. */
	readonly retryAfterMs?: number;
	/** Where in an answer, in words. */
	readonly position?: string;
	/** A data push job, and where it stands. */
	readonly job?: string;
	/** The limit that was passed, in words. */
	readonly limit?: string;
	/** What Celonis said, in one short line, without secrets. */
	readonly detail?: string;
}

/** A fault on its way to the place that turns it into n8n's error. */
export class CelonisError extends Error {
	constructor(readonly details: ErrorDetails) {
		super(details.code);
		this.name = 'CelonisFault';
	}
}

/** Whether the time of a poll ran out. */
export function isOutOfTime(error: unknown): boolean {
	return error instanceof CelonisError && error.details.code === 'outOfTime';
}

/** The row of the table for a fault. */
export function getDefinition({ code }: ErrorDetails): ErrorDefinition {
	return ERROR_CATALOG[code];
}

/** What happened, in one line. */
export function formatMessage(fault: ErrorDetails): string {
	return interpolate(getDefinition(fault).message, fault);
}

/** Does some work; where it fails, the fault is one of this API, unless it is of another already. */
export async function inApi<T>(api: ApiName, work: () => Promise<T>): Promise<T> {
	return await work().catch((error: unknown) => Promise.reject(ofApi(api, error)));
}

/** What was thrown, as a fault of this API, unless it is of another already, or no fault. */
export function ofApi(api: ApiName, error: unknown): unknown {
	const isForeign = !(error instanceof CelonisError) || error.details.api !== undefined;
	return isForeign ? error : new CelonisError({ ...error.details, api });
}

/** First the words of the API: they hold no facts of the fault. */
function interpolate(text: string, fault: ErrorDetails): string {
	const facts: Readonly<Record<string, unknown>> = { ...fault };
	return interpolateApiTerms(fault.api ?? 'auditLog', text).replace(
		/\{(\w+)\}/g,
		(_, name: string) => String(facts[name] ?? '?'),
	);
}

/** What to do, and what Celonis said. */
export function formatHint(fault: ErrorDetails): string {
	const { retryAfterMs, detail } = fault;
	return [
		interpolate(getDefinition(fault).hint, fault),
		...(retryAfterMs === undefined
			? []
			: [`Celonis asks to wait ${Math.ceil(retryAfterMs / 1000)} seconds.`]),
		...(detail === undefined ? [] : [`Celonis says: ${detail}`]),
	].join(' ');
}
