import { expect, it } from '@jest/globals';
import { RecentEntries } from '../../../nodes/Celonis/records/recentEntries';

it('forgets the least recently used entry first', () => {
	const entries = new RecentEntries<number>();
	entries.set('first', 1, 0);
	entries.set('second', 2, 0);
	entries.set('first', 1, 0);
	for (let i = 0; i < 4999; i++) entries.set(`other ${i}`, i, 0);
	expect(entries.size).toBe(5000);
	expect(entries.get('first')).toBe(1);
	expect(entries.get('second')).toBeUndefined();
});
