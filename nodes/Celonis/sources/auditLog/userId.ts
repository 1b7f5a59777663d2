import type { Actor } from '../../records/actor';
import { memoizeByText } from '../../records/memoize';

/**
 * Parses `userId`, which is `"<id> (<email>)"`, `"celonis-service (SYSTEM)"` or a bare ID (Celonis
 * docs, "Audit logs – event details"). A bare e-mail address counts as a user's.
 */
export function parseUserId(userId: unknown): Actor {
	const { id, email, type } = parseText(typeof userId === 'string' ? userId : '');
	return { id, email, type };
}

/** The texts of an actor are kept once, however many events the actor has. */
const parseText = memoizeByText((userId): Actor => {
	const text = userId.trim();
	if (text === '') return { id: null, email: null, type: 'unknown' };

	const { id, note } = splitParenthesized(text);
	if (id !== '') {
		if (note.includes('@')) return { id, email: note.trim(), type: 'user' };
		if (note.trim().toUpperCase() === 'SYSTEM') return { id, email: null, type: 'system' };
	}
	if (text.includes('@')) return { id: text, email: text, type: 'user' };
	return { id: text, email: null, type: 'unknown' };
});

/** Splits `"<id> (<note>)"`. The note is in the last parentheses, and nothing follows them. */
function splitParenthesized(text: string): { readonly id: string; readonly note: string } {
	const open = text.lastIndexOf('(');
	const isNote = open > 0 && text.indexOf(')', open) === text.length - 1;
	if (!isNote) return { id: '', note: '' };
	return { id: text.slice(0, open).trimEnd(), note: text.slice(open + 1, -1) };
}
