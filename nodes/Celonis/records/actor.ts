/** Who did something, as far as a record says. */
export interface Actor {
	readonly id: string | null;
	readonly email: string | null;
	/** `user`: there is an e-mail address; `system`: Celonis itself; `unknown`: a bare ID, or nothing. */
	readonly type: 'user' | 'system' | 'unknown';
}
