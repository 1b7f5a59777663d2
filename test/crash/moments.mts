import { setTimeout as delay } from 'node:timers/promises';
import { auditV2Path } from '../celonis/auditV2.mts';
import { seededRandom } from '../celonis/random.mts';
import type { RecordedRequest } from '../celonis/requests.mts';

/** When to kill n8n, from its start. */
export type Moment =
	/** Shortly after the response to a poll: n8n hands the batch over and saves the cursor. */
	| { kind: 'hand-over'; poll: number; delayMs: number }
	/** While a poll waits for its response. */
	| { kind: 'reading'; poll: number; delayMs: number }
	/** At any time, the start included. */
	| { kind: 'any'; delayMs: number };

/** Moments drawn from a seed. Most are around a hand-over, where events can be lost. */
export function drawMoments(seed: number, count: number): Moment[] {
	const random = seededRandom(seed);
	return Array.from({ length: count }, () => {
		const kind = random.pick([
			'hand-over',
			'hand-over',
			'hand-over',
			'hand-over',
			'reading',
			'any',
		]);
		const poll = random.integer(1, 3);
		if (kind === 'any') return { kind, delayMs: random.integer(0, 40_000) };
		if (kind === 'reading') return { kind, poll, delayMs: random.integer(0, LATENCY_MS) };
		return { kind: 'hand-over', poll, delayMs: random.integer(0, 150) };
	});
}

/** The latency of Celonis. */
export const LATENCY_MS = 40;

/** Locks of a killed n8n can delay the polls of the next one. */
const MAX_WAIT_MS = 120_000;

/**
 * Waits for a moment of an n8n whose first request has the index `first`, or for a timeout.
 */
export async function waitForMoment(
	moment: Moment,
	requests: readonly RecordedRequest[],
	first: number,
): Promise<void> {
	const giveUpAtMs = Date.now() + MAX_WAIT_MS;
	const pollsDone = () => {
		const polls = requests.slice(first).filter(isPoll);
		return (moment.kind === 'reading' ? polls : polls.filter(isAnswered)).length;
	};
	const requested = moment.kind === 'any' ? 0 : moment.poll;
	while (pollsDone() < requested && Date.now() < giveUpAtMs) await delay(1);
	await delay(moment.delayMs);
}

/** Each poll starts with a request for everything up to now. */
export function isPoll({ path, query, pageIndex }: RecordedRequest): boolean {
	return path === auditV2Path && pageIndex === 0 && query.to === undefined;
}

export function isAnswered({ status }: RecordedRequest): boolean {
	return status === 200;
}
