/** An object that a record names. */
export interface NamedEntity {
	readonly id?: string;
	readonly name?: string;
}

/** A user, or an application that acts as one. */
export interface UserEntity extends NamedEntity {
	readonly email?: string;
}

/** The outcome of an action. */
export type Outcome = 'success' | 'failure' | 'unknown';
