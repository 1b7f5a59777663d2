import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MAX_LINE_LENGTH, wrap } from '../../../scripts/n8n/wrap.mts';

it('wraps text without losing a word; lines are too long only for a single word', () => {
	const word = fc.string({ unit: fc.constantFrom('a', 'b', '/'), minLength: 1, maxLength: 120 });
	const texts = fc.array(word, { minLength: 1, maxLength: 40 });
	fc.assert(
		fc.property(texts, fc.constantFrom('', '1. ', '  Celonis is:  '), (words, label) => {
			const wrapped = wrap(words.join(' '), label);
			expect(wrapped.startsWith(label)).toBe(true);
			const lines = wrapped.split('\n').map((line) => line.slice(label.length));
			expect(lines.join(' ')).toBe(words.join(' '));
			for (const line of lines) {
				if (line.includes(' ')) {
					expect(label.length + line.length).toBeLessThanOrEqual(MAX_LINE_LENGTH);
				}
			}
		}),
	);
});
