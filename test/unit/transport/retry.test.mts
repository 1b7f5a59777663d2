import { describe, expect, it } from '@jest/globals';
import { CelonisFault, type Fault } from '../../../nodes/Celonis/transport/faults';
import { withRetry, type RetryRules } from '../../../nodes/Celonis/transport/retry';

const ok = { status: 200, headers: {}, body: {}, tookMs: 0 };

/** Sends through outcomes one by one; time only passes in waits. */
function run(outcomes: Array<Fault | typeof ok>, rules: Partial<RetryRules> = {}) {
	const waits: number[] = [];
	let now = 0;
	let sent = 0;
	const send = withRetry(
		async () => {
			const outcome = outcomes[Math.min(sent++, outcomes.length - 1)] ?? ok;
			if ('kind' in outcome) throw new CelonisFault(outcome);
			return outcome;
		},
		{
			sleep: async (ms) => {
				waits.push(ms);
				now += ms;
			},
			now: () => now,
			random: () => 1,
			patienceMs: 300_000,
			...rules,
		},
	);
	return { waits, sent: () => sent, answer: send('/', {}) };
}

const server = (status: number): Fault => ({ kind: 'server', status });

describe('withRetry', () => {
	it.each<Fault>([
		{ kind: 'rateLimited' },
		server(502),
		server(503),
		server(504),
		{ kind: 'cutOff' },
		{ kind: 'timeout' },
		{ kind: 'network', code: 'ECONNRESET' },
	])('gets over a single %p', async (fault) => {
		const { answer, sent } = run([fault, ok]);
		expect(await answer).toBe(ok);
		expect(sent()).toBe(2);
	});

	it.each<Fault>([
		{ kind: 'unauthorized' },
		{ kind: 'forbidden' },
		{ kind: 'badRequest' },
		{ kind: 'notFound' },
		{ kind: 'redirected', status: 302 },
		{ kind: 'notTheLog', found: 'webPage' },
		{ kind: 'network', code: 'ENOTFOUND' },
		{ kind: 'cancelled' },
	])('does not repeat %p', async (fault) => {
		const { answer, sent } = run([fault, ok]);
		await expect(answer).rejects.toEqual(new CelonisFault(fault));
		expect(sent()).toBe(1);
	});

	it('waits longer each time, and gives up with the last fault', async () => {
		const { answer, waits } = run([server(503)]);
		await expect(answer).rejects.toEqual(new CelonisFault(server(503)));
		expect(waits).toEqual([500, 1000, 2000, 4000]);
	});

	it('spreads the waits', async () => {
		const { answer, waits } = run([server(503), ok], { random: () => 0.1 });
		await answer;
		expect(waits).toEqual([50]);
	});

	it('waits as long as Celonis asks for', async () => {
		const { answer, waits } = run([{ kind: 'rateLimited', waitMs: 42_000 }, ok]);
		await answer;
		expect(waits).toEqual([42_000]);
	});

	it('does not wait for what lies beyond the deadline', async () => {
		const limited: Fault = { kind: 'rateLimited', waitMs: 42_000 };
		const { answer, waits } = run([limited, ok], { deadlineMs: 30_000 });
		await expect(answer).rejects.toEqual(new CelonisFault(limited));
		expect(waits).toEqual([]);
	});

	it('sends nothing once the time is over', async () => {
		const { answer, sent } = run([ok], { deadlineMs: 0 });
		await expect(answer).rejects.toEqual(new CelonisFault({ kind: 'outOfTime' }));
		expect(sent()).toBe(0);
	});

	it('tells the fault, not the time, when a wait ends behind the deadline', async () => {
		let now = 0;
		const send = withRetry(() => Promise.reject(new CelonisFault(server(503))), {
			sleep: async (ms) => {
				now += ms + 20;
			},
			now: () => now,
			random: () => 1,
			patienceMs: 300_000,
			deadlineMs: 510,
		});
		await expect(send('/', {})).rejects.toEqual(new CelonisFault(server(503)));
	});

	it('lets other errors through', async () => {
		const bug = new TypeError('a bug');
		const send = withRetry(() => Promise.reject(bug), {
			sleep: async () => {},
			now: () => 0,
			random: () => 1,
			patienceMs: 1,
		});
		await expect(send('/', {})).rejects.toBe(bug);
	});
});
