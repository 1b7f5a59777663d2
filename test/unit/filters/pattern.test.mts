import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseNamePattern, parsePattern } from '../../../nodes/Celonis/filters/pattern';
import { matchesWildcard } from '../sources/auditLog/filters/oracle.mts';

const matches = (pattern: string, text: string) => parsePattern(pattern)?.(text);

const letters = fc.constantFrom('a', 'A', 'b', '_', ' ', '.', '(', '+', '$', 'ä', 'Ä', '😀', '\n');
const texts = fc.array(letters, { maxLength: 12 }).map((parts) => parts.join(''));
const patterns = fc
	.array(fc.oneof(letters, fc.constantFrom('*', '?', '*')), { maxLength: 8 })
	.map((parts) => parts.join(''));

describe('parsePattern', () => {
	it('matches like the equivalent regular expression', () => {
		fc.assert(
			fc.property(patterns, texts, (pattern, text) => {
				fc.pre(!/^\.[*+]/.test(pattern));
				expect(matches(pattern, text)).toBe(matchesWildcard(pattern, text));
			}),
			{ numRuns: 2000 },
		);
	});

	it('matches any text that was made from it', () => {
		const parts = fc.array(fc.tuple(texts, fc.constantFrom('*', '?', '')), { maxLength: 5 });
		fc.assert(
			fc.property(parts, texts, (pairs, starText) => {
				const pattern = pairs.map(([text, wildcard]) => text + wildcard).join('');
				const replacements = { '*': starText, '?': '😀', '': '' };
				const text = pairs.map(([start, wildcard]) => start + replacements[wildcard]).join('');
				fc.pre(!/^\.[*+]/.test(pattern));
				expect(matches(pattern, text.toUpperCase())).toBe(true);
			}),
		);
	});

	it.each(['[A-Z]*', 'A|B', '^PERM', 'a{2}', 'A; B', '\\d', 'x]', '.*_UPDATE', '.+@example.com'])(
		'rejects %s',
		(pattern) => {
			expect(parsePattern(pattern)).toBeUndefined();
		},
	);

	it.each(['"ADMIN"', '"Orders', '2024"', "'ADMIN'", '“ADMIN”', '`ADMIN`'])(
		'rejects the quotation marks of %s',
		(pattern) => {
			expect(parsePattern(pattern)).toBeUndefined();
		},
	);

	it.each([
		['J\u00f6rg', 'Jo\u0308rg'],
		['jo\u0308rg', 'J\u00d6RG'],
		['J?rg', 'Jo\u0308rg'],
		['*\u00f6rg', 'Jo\u0308rg'],
	])('takes letters and their accents as one: %s matches %s', (pattern, text) => {
		expect(matches(pattern, text)).toBe(true);
	});

	it.each(['PERM.*', 'A.+', '(A)', '/PERM.*/', 'PERM%', 'PERM$'])(
		'rejects %s in a pattern for names',
		(pattern) => {
			expect(parseNamePattern(pattern)).toBeUndefined();
		},
	);

	it.each(['run.finished', 'run.?', '*.finished', 'v1.2', '*.*'])(
		'accepts the dot of %s in a pattern for names',
		(pattern) => {
			expect(parseNamePattern(pattern)?.(pattern)).toBe(true);
		},
	);

	it('takes polynomial time, however many * the pattern has', () => {
		const pattern = parsePattern('*a'.repeat(200) + 'b')!;
		expect(pattern('a'.repeat(20_000))).toBe(false);
	});
});
