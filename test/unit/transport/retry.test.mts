import { describe, expect, it } from '@jest/globals';
import { CelonisFault, type Fault } from '../../../nodes/Celonis/errors/celonisError';
import { FAULTS } from '../../../nodes/Celonis/errors/catalog';
import type { Errand } from '../../../nodes/Celonis/http/request';
import { withRetry, type RetryRules } from '../../../nodes/Celonis/http/retry';

const ok = { status: 200, headers: {}, body: {}, tookMs: 0 };

/** Sends through outcomes one by one; time only passes in waits. */
function run(outcomes: Array<Fault | typeof ok>, rules: Partial<RetryRules> = {}, errand?: Errand) {
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
	return { waits, sent: () => sent, answer: send('/', {}, errand) };
}

const unavailable: Fault = { kind: 'unavailable', status: 503 };

describe('withRetry', () => {
	const patiently: Fault['kind'][] = [
		'rateLimited',
		'unavailable',
		'cutOff',
		'timeout',
		'connectionLost',
		'unreachable',
		'unknownHost',
	];
	const once: Fault['kind'][] = ['serverFault'];
	const kinds = Object.keys(FAULTS) as Fault['kind'][];

	it.each(patiently)('gets over %s, four times', async (kind) => {
		const { answer, sent } = run([{ kind }, { kind }, { kind }, { kind }, ok]);
		expect(await answer).toBe(ok);
		expect(sent()).toBe(5);
	});

	it.each(kinds)(
		'after %s, repeats what must not be done twice only if it was not done',
		async (kind) => {
			const errand: Errand = { method: 'POST', repeatable: false };
			const { answer, sent } = run([{ kind }, ok], {}, errand);
			const isRepeated = ['rateLimited', 'unreachable', 'unknownHost'].includes(kind);
			if (isRepeated) expect(await answer).toBe(ok);
			else await expect(answer).rejects.toEqual(new CelonisFault({ kind }));
			expect(sent()).toBe(isRepeated ? 2 : 1);
		},
	);

	it.each(patiently)('after %s, repeats what may be done twice', async (kind) => {
		const errand: Errand = { method: 'POST', repeatable: true };
		expect(await run([{ kind }, ok], {}, errand).answer).toBe(ok);
	});

	it.each(once)('gets over %s, once', async (kind) => {
		expect(await run([{ kind }, ok]).answer).toBe(ok);
		const { answer, sent } = run([{ kind }, { kind }, ok]);
		await expect(answer).rejects.toEqual(new CelonisFault({ kind }));
		expect(sent()).toBe(2);
	});

	it.each(kinds.filter((kind) => ![...patiently, ...once].includes(kind)))(
		'does not repeat %s',
		async (kind) => {
			const { answer, sent } = run([{ kind }, ok]);
			await expect(answer).rejects.toEqual(new CelonisFault({ kind }));
			expect(sent()).toBe(1);
		},
	);

	it('waits longer each time, and gives up with the last fault', async () => {
		const { answer, waits } = run([unavailable]);
		await expect(answer).rejects.toEqual(new CelonisFault(unavailable));
		expect(waits).toEqual([500, 1000, 2000, 4000]);
	});

	it('spreads the waits', async () => {
		const { answer, waits } = run([unavailable, ok], { random: () => 0.1 });
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
		const send = withRetry(() => Promise.reject(new CelonisFault(unavailable)), {
			sleep: async (ms) => {
				now += ms + 20;
			},
			now: () => now,
			random: () => 1,
			patienceMs: 300_000,
			deadlineMs: 510,
		});
		await expect(send('/', {})).rejects.toEqual(new CelonisFault(unavailable));
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
