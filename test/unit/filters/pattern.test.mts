import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseNamePattern, parsePattern } from '../../../nodes/Celonis/filters/pattern';
import { wildcard } from '../sources/auditLog/filters/oracle.mts';

const matches = (pattern: string, text: string) => parsePattern(pattern)?.(text);

const letters = fc.constantFrom('a', 'A', 'b', '_', ' ', '.', '(', '+', '$', 'ä', 'Ä', '😀', '\n');
const texts = fc.array(letters, { maxLength: 12 }).map((all) => all.join(''));
const patterns = fc
	.array(fc.oneof(letters, fc.constantFrom('*', '?', '*')), { maxLength: 8 })
	.map((all) => all.join(''));

describe('a pattern', () => {
	it('means what the regular expression means that is made of it', () => {
		fc.assert(
			fc.property(patterns, texts, (pattern, text) => {
				fc.pre(!/^\.[*+]/.test(pattern));
				expect(matches(pattern, text)).toBe(wildcard(pattern, text));
			}),
			{ numRuns: 2000 },
		);
	});

	it('fits any text that it was made from', () => {
		const parts = fc.array(fc.tuple(texts, fc.constantFrom('*', '?', '')), { maxLength: 5 });
		fc.assert(
			fc.property(parts, texts, (made, filling) => {
				const pattern = made.map(([text, sign]) => text + sign).join('');
				const of = { '*': filling, '?': '😀', '': '' };
				const text = made.map(([start, sign]) => start + of[sign]).join('');
				fc.pre(!/^\.[*+]/.test(pattern));
				expect(matches(pattern, text.toUpperCase())).toBe(true);
			}),
		);
	});

	it.each(['[A-Z]*', 'A|B', '^PERM', 'a{2}', 'A; B', '\\d', 'x]', '.*_UPDATE', '.+@example.com'])(
		'is not %s',
		(pattern) => {
			expect(parsePattern(pattern)).toBeUndefined();
		},
	);

	it.each(['PERM.*', 'A.+', '(A)', '/PERM.*/', 'PERM%', 'PERM$', 'run.finished'])(
		'of names is not %s',
		(pattern) => {
			expect(parseNamePattern(pattern)).toBeUndefined();
		},
	);

	it('takes no longer than lengths allow, however many * it has', () => {
		const pattern = parsePattern('*a'.repeat(200) + 'b')!;
		expect(pattern('a'.repeat(20_000))).toBe(false);
	});
});
