import { setTimeout as delay } from 'node:timers/promises';
import { auditV2Path } from '../celonis/auditV2.mts';
import { seededRandom } from '../celonis/random.mts';
import type { RecordedRequest } from '../celonis/requests.mts';

/** When to kill n8n, counted from its start. */
export type Moment =
	/** Shortly after the answer to one of its polls: n8n hands the batch over and saves the cursor. */
	| { kind: 'hand-over'; poll: number; delayMs: number }
	/** While one of its polls waits for the answer. */
	| { kind: 'reading'; poll: number; delayMs: number }
	/** Anywhere, the start included. */
	| { kind: 'any'; delayMs: number };

/** Moments that a seed decides. Most are around a hand-over: there is what can be lost. */
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
		if (kind === 'reading') return { kind, poll, delayMs: random.integer(0, latencyMs) };
		return { kind: 'hand-over', poll, delayMs: random.integer(0, 150) };
	});
}

/** How long an answer takes. */
export const latencyMs = 40;

/** Locks that a killed n8n has left can keep the next one from polling for a while. */
const LONGEST_WAIT_MS = 120_000;

/**
 * Settles when the moment has come in the life of an n8n whose first request is at `first`; or
 * when it has not come for long.
 */
export async function reached(
	moment: Moment,
	requests: readonly RecordedRequest[],
	first: number,
): Promise<void> {
	const giveUpAtMs = Date.now() + LONGEST_WAIT_MS;
	const pollsDone = () => {
		const polls = requests.slice(first).filter(isPoll);
		return (moment.kind === 'reading' ? polls : polls.filter(isAnswered)).length;
	};
	const wanted = moment.kind === 'any' ? 0 : moment.poll;
	while (pollsDone() < wanted && Date.now() < giveUpAtMs) await delay(1);
	await delay(moment.delayMs);
}

/** Each poll begins by asking for everything up to now. */
export function isPoll({ path, query, pageIndex }: RecordedRequest): boolean {
	return path === auditV2Path && pageIndex === 0 && query.to === undefined;
}

export function isAnswered({ status }: RecordedRequest): boolean {
	return status === 200;
}
