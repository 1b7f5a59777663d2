import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseUserId } from '../../../../nodes/Celonis/sources/auditLog/userId';

const UUID = '0b3f3a52-7d4e-4f6c-9a51-2f1f8f1a8a01';

describe('parseUserId', () => {
	it.each([
		[`${UUID} (ada@example.com)`, { id: UUID, email: 'ada@example.com', type: 'user' }],
		['celonis-service (SYSTEM)', { id: 'celonis-service', email: null, type: 'system' }],
		['user2', { id: 'user2', email: null, type: 'unknown' }],
		['ada@example.com', { id: 'ada@example.com', email: 'ada@example.com', type: 'user' }],
		['Robot (nightly)', { id: 'Robot (nightly)', email: null, type: 'unknown' }],
		['(ada@example.com)', { id: '(ada@example.com)', email: '(ada@example.com)', type: 'user' }],
	])('parses %s', (userId, actor) => {
		expect(parseUserId(userId)).toEqual(actor);
	});

	it.each([undefined, null, '', '  ', 42, {}])('has no actor for %p', (userId) => {
		expect(parseUserId(userId)).toEqual({ id: null, email: null, type: 'unknown' });
	});

	it('finds any ID and e-mail address', () => {
		fc.assert(
			fc.property(fc.uuid(), fc.emailAddress(), (id, email) => {
				fc.pre(!/[()]/.test(email));
				expect(parseUserId(`${id} (${email})`)).toEqual({ id, email, type: 'user' });
			}),
		);
	});

	it('parses the text in the last parentheses as the note', () => {
		const equivalentRegExp = /^(.*\S)\s*\(([^()]*@[^()]*)\)$/s;
		const pieces = fc.constantFrom('(', ')', ' ', '@', 'a', '\n', '\u00a0');
		fc.assert(
			fc.property(fc.string({ unit: pieces, minLength: 1, maxLength: 12 }), (userId) => {
				const text = userId.trim();
				const [, id = text || null, note] = equivalentRegExp.exec(text) ?? [];
				const email = note?.trim() ?? (text.includes('@') ? text : null);
				const type = email === null ? 'unknown' : 'user';
				expect(parseUserId(userId)).toEqual({ id, email, type });
			}),
			{ numRuns: 5000 },
		);
	});
});
