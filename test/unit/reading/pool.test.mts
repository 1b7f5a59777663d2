import { describe, expect, it } from '@jest/globals';
import { runPool } from '../../../nodes/Celonis/reading/pool';

const turn = async () => await new Promise((resolve) => setImmediate(resolve));

describe('workThrough', () => {
	it('works on so many at once, and on what comes of them next', async () => {
		const done: string[] = [];
		let running = 0;
		let most = 0;
		await runPool(['a', 'b', 'c'], 2, async (entry) => {
			most = Math.max(most, ++running);
			await turn();
			running--;
			done.push(entry);
			return entry === 'a' ? ['a1', 'a2'] : [];
		});
		expect(most).toBe(2);
		expect(done).toEqual(['a', 'b', 'a1', 'a2', 'c']);
	});

	it('begins nothing after a failure, and ends when all that was begun has ended', async () => {
		const begun: number[] = [];
		const ended: number[] = [];
		const work = runPool([1, 2, 3, 4], 2, async (entry) => {
			begun.push(entry);
			await turn();
			if (entry === 1) throw new Error('first');
			await turn();
			ended.push(entry);
			return [5];
		});
		await expect(work).rejects.toThrow('first');
		expect(begun).toEqual([1, 2]);
		expect(ended).toEqual([2]);
	});

	it('has nothing to do with an empty list', async () => {
		await runPool([], 4, async () => []);
	});
});
