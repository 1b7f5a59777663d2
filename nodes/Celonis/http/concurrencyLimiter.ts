import { CelonisFault } from '../errors/celonisError';
import type { Pacing } from './throttle';
import type { Send } from './request';

/** After how many good answers for each lane one more is opened. */
const GOOD_ANSWERS_A_LANE = 8;

/** How requests wait for each other. */
export interface LanePatience extends Pacing {
	/** The longest that a request waits because another one was refused. */
	readonly patienceMs: number;
}

/**
 * Lets several requests be under way at once, as many as Celonis bears: `most` to begin with, half
 * as many after a 429, one more after a row of good answers. While Celonis asks to wait, nothing is
 * sent at all: requests that come too early are counted against the team. A request that would have
 * to wait too long is refused at once, as the one before it was.
 */
export function withLanes(
	send: Send,
	most: number,
	{ sleep, now, deadlineMs = Infinity, patienceMs }: LanePatience,
): Send {
	const waiting: Array<() => void> = [];
	let lanes = most;
	let busy = 0;
	let good = 0;
	let quietUntilMs = -Infinity;
	let narrowedAtMs = -Infinity;

	const enter = async () => {
		if (busy >= lanes) await new Promise<void>((resolve) => waiting.push(resolve));
		else busy++;
	};
	/** Who waits takes over the lane of who leaves, or one that was opened. */
	const leave = () => {
		busy--;
		while (busy < lanes && waiting.length > 0) {
			busy++;
			waiting.shift()?.();
		}
	};
	const widen = () => {
		if (++good < lanes * GOOD_ANSWERS_A_LANE) return;
		good = 0;
		lanes = Math.min(most, lanes + 1);
	};
	const narrow = (sentAtMs: number, waitMs = 0) => {
		good = 0;
		quietUntilMs = Math.max(quietUntilMs, now() + waitMs);
		// Requests that were under way together are refused together: that is one refusal.
		if (sentAtMs <= narrowedAtMs) return;
		narrowedAtMs = now();
		lanes = Math.max(1, Math.floor(lanes / 2));
	};

	return async (path, query, errand) => {
		await enter();
		try {
			const pauseMs = quietUntilMs - now();
			if (pauseMs > patienceMs || quietUntilMs > deadlineMs) {
				throw new CelonisFault({ kind: 'rateLimited', status: 429, waitMs: pauseMs });
			}
			if (pauseMs > 0) await sleep(pauseMs);
			if (now() >= deadlineMs) throw new CelonisFault({ kind: 'outOfTime' });
			const sentAtMs = now();
			const outcome = await send(path, query, errand).catch((error: unknown) => {
				if (error instanceof CelonisFault && error.fault.kind === 'rateLimited') {
					narrow(sentAtMs, error.fault.waitMs);
				}
				return Promise.reject(error);
			});
			widen();
			return outcome;
		} finally {
			leave();
		}
	};
}
