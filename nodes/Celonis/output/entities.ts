/** An object that a record names. */
export interface NamedEntity {
	readonly id?: string;
	readonly name?: string;
}

/** A user, or an application that acts as one. */
export interface UserEntity extends NamedEntity {
	/** The name to sign in with: the e-mail address if it is known. */
	readonly name?: string;
	readonly email?: string;
	/** The name of the person, if the record has it beside an e-mail address. */
	readonly fullName?: string;
}

/** An object in Celonis, such as a data pool. */
export interface ObjectEntity extends NamedEntity {
	/** What it is, as Celonis calls it; missing if the record does not say. */
	readonly type?: string;
	readonly version?: string;
}

/** The outcome of an action. */
export type Outcome = 'success' | 'failure' | 'unknown';
