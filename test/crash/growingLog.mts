import { waitFor } from '../../scripts/n8n/waitFor.mts';
import { arrivals, type Growth } from '../celonis/arrivals.mts';
import type { AuditLog } from '../celonis/log.mts';
import type { RecordedRequest } from '../celonis/requests.mts';
import type { Simulator } from '../celonis/simulator.mts';
import { isAnswered, isPoll } from './moments.mts';

/** Lets a log grow from now on until the function given is called. */
export function grow(log: AuditLog, growth: Growth, seed: number): () => void {
	let end = Infinity;
	const source = arrivals(growth, seed, Date.now());
	log.growing((untilMs) => source(Math.min(untilMs, end)));
	return () => (end = Date.now());
}

export function lastArrivalOf(log: AuditLog): number {
	return log
		.visibleAt(Infinity)
		.reduce((latest, { visibleFrom }) => Math.max(latest, visibleFrom), -Infinity);
}

/** Waits for two more polls after a time, and, by a third, for what n8n makes of them. */
export async function pollsAfter(timeMs: number, { requests }: Simulator): Promise<void> {
	const isLater = (request: RecordedRequest) => isAnswered(request) && request.at > timeMs;
	await waitFor(() => requests.filter(isPoll).filter(isLater).length >= 3 || undefined, {
		what: 'three polls',
		timeoutMs: 10 * 60_000,
	});
}
