import { describe, expect, it } from '@jest/globals';
import { findSuperlinearTime } from './linearTime.mts';

const create = (size: number) => ' '.repeat(size);

describe('the comparison of times', () => {
	it('finds quadratic time', () => {
		// For each blank, this looks for the end again.
		const run = (text: string) => void /\s+$/.test(`${text}x`);
		expect(findSuperlinearTime({ create, run }, 12_000)).toMatch(/ms for 1500, but/);
	});

	it('accepts linear time', () => {
		const run = (text: string) => {
			for (let i = 0; i < 50; i++) text.replace(/ /g, 'x');
		};
		expect(findSuperlinearTime({ create, run }, 40_000)).toBeUndefined();
	});
});
