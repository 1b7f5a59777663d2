import { waitFor } from '../../scripts/n8n/waitFor.mts';
import { createGrowthSource, type Growth } from '../celonis/arrivals.mts';
import type { AuditLog } from '../celonis/log.mts';
import type { RecordedRequest } from '../celonis/requests.mts';
import type { Simulator } from '../celonis/simulator.mts';
import { isAnswered, isPoll } from './moments.mts';

/** Lets a log grow until the returned function is called. */
export function startGrowing(log: AuditLog, growth: Growth, seed: number): () => void {
	let end = Infinity;
	const source = createGrowthSource(growth, seed, Date.now());
	log.addGrowthSource((untilMs) => source(Math.min(untilMs, end)));
	return () => (end = Date.now());
}

export function getLastArrival(log: AuditLog): number {
	return log
		.getVisible(Infinity)
		.reduce((latest, { visibleFrom }) => Math.max(latest, visibleFrom), -Infinity);
}

/** Waits for two more polls after a time, and for a third one, so that n8n has processed them. */
export async function waitForPollsAfter(timeMs: number, { requests }: Simulator): Promise<void> {
	const isLater = (request: RecordedRequest) => isAnswered(request) && request.at > timeMs;
	await waitFor(() => requests.filter(isPoll).filter(isLater).length >= 3 || undefined, {
		description: 'three polls',
		timeoutMs: 10 * 60_000,
	});
}
