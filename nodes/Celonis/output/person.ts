/** Somebody or something that a record names. */
export interface NamedEntity {
	readonly id?: string;
	readonly name?: string;
}

/** A user, or an application that acts like one. */
export interface Person extends NamedEntity {
	readonly email?: string;
}

/** How what was tried ended. */
export type Outcome = 'success' | 'failure' | 'unknown';
