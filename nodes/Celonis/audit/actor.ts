/** Who did it, as far as the record tells. */
export interface Actor {
	readonly id: string | null;
	readonly email: string | null;
	/** `user`: an e-mail is given; `system`: Celonis itself; `unknown`: a bare id, or nothing. */
	readonly type: 'user' | 'system' | 'unknown';
}

const ID_AND_NOTE = /^(.*\S)\s*\(([^()]*)\)$/s;

/**
 * Reads `userId`, which comes as `"<id> (<email>)"`, `"celonis-service (SYSTEM)"` or a bare id
 * (Celonis docs, "Audit logs – event details"). A bare e-mail counts as a user's.
 */
export function parseActor(userId: unknown): Actor {
	const text = typeof userId === 'string' ? userId.trim() : '';
	if (text === '') return { id: null, email: null, type: 'unknown' };

	const [, id, note = ''] = ID_AND_NOTE.exec(text) ?? [];
	if (id !== undefined) {
		if (note.trim().toUpperCase() === 'SYSTEM') return { id, email: null, type: 'system' };
		if (note.includes('@')) return { id, email: note.trim(), type: 'user' };
	}
	if (text.includes('@')) return { id: text, email: text, type: 'user' };
	return { id: text, email: null, type: 'unknown' };
}
