import { inTermsOf, type Api } from './apis';
import { FAULTS, type FaultKind, type FaultRow } from './catalog';

/** One thing that went wrong, and what is known of it. */
export interface Fault {
	readonly kind: FaultKind;
	/** The API that it is about; the audit log where nothing is said. */
	readonly api?: Api;
	/** HTTP status of the answer. */
	readonly status?: number;
	/** What Node.js or the token endpoint calls it. */
	readonly code?: string;
	/** How long Celonis wants us to wait, in milliseconds. */
	readonly waitMs?: number;
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
export class CelonisFault extends Error {
	constructor(readonly fault: Fault) {
		super(fault.kind);
		this.name = 'CelonisFault';
	}
}

/** Whether the time of a poll ran out. */
export function isOutOfTime(error: unknown): boolean {
	return error instanceof CelonisFault && error.fault.kind === 'outOfTime';
}

/** The row of the table for a fault. */
export function rowOf({ kind }: Fault): FaultRow {
	return FAULTS[kind];
}

/** What happened, in one line. */
export function titleOf(fault: Fault): string {
	return fillIn(rowOf(fault).title, fault);
}

/** Does some work; where it fails, the fault is one of this API, unless it is of another already. */
export async function inApi<T>(api: Api, work: () => Promise<T>): Promise<T> {
	return await work().catch((error: unknown) => Promise.reject(ofApi(api, error)));
}

/** What was thrown, as a fault of this API, unless it is of another already, or no fault. */
export function ofApi(api: Api, error: unknown): unknown {
	const isForeign = !(error instanceof CelonisFault) || error.fault.api !== undefined;
	return isForeign ? error : new CelonisFault({ ...error.fault, api });
}

/** First the words of the API: they hold no facts of the fault. */
function fillIn(text: string, fault: Fault): string {
	const facts: Readonly<Record<string, unknown>> = { ...fault };
	return inTermsOf(fault.api ?? 'auditLog', text).replace(/\{(\w+)\}/g, (_, name: string) =>
		String(facts[name] ?? '?'),
	);
}

/** What to do, and what Celonis said. */
export function adviceOf(fault: Fault): string {
	const { waitMs, detail } = fault;
	return [
		fillIn(rowOf(fault).advice, fault),
		...(waitMs === undefined ? [] : [`Celonis asks to wait ${Math.ceil(waitMs / 1000)} seconds.`]),
		...(detail === undefined ? [] : [`Celonis says: ${detail}`]),
	].join(' ');
}
