import { interpolateApiTerms, type ApiName, type ApiTerm, type OtherTerms } from './apis';
import { ERROR_CATALOG, type ErrorCode, type ErrorDefinition } from './catalog';

/** Everything that can be known about an error. */
export interface ErrorFacts {
	readonly api: ApiName;
	/** HTTP status of the response. */
	readonly status: number;
	/** The code that Node.js or the token endpoint uses. */
	readonly nativeCode: string;
	/** How long Celonis asks to wait. */
	readonly retryAfterMs: number;
	/** A data push job and its state, in words. */
	readonly job: string;
	/** The limit that was exceeded, in words. */
	readonly limit: string;
	/** What Celonis said: one short line, without secrets. */
	readonly detail: string;
	/** What a page says that is not from Celonis: its title in quotes, or that it has none. */
	readonly page: string;
	/** The time of the poll ran out while this was retried, though Celonis had answered before. */
	readonly isAtDeadline: boolean;
	/** The pages of a window cannot be continued after this, but may be read again from the first one. */
	readonly isSequenceBroken: boolean;
	/** A page token was refused that may have expired, perhaps because of requests in parallel. */
	readonly isTokenRefused: boolean;
	/** A page that had shown nothing was requested once more, to confirm that. */
	readonly isConfirmation: boolean;
}

/** An error as a value: its code and what is known about it. */
export interface ErrorDetails extends Partial<ErrorFacts> {
	readonly code: ErrorCode;
}

/** The names in braces in a text. */
type Placeholder<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
	? Name | Placeholder<Rest>
	: never;

/** The fact that a name in braces requires: a term of an API requires the API. */
type FactFor<Name extends string> = Name extends ApiTerm ? 'api' : Name;

/** The facts that the message or the hint of an error names. */
type RequiredFact<Code extends ErrorCode> = FactFor<
	Placeholder<(typeof ERROR_CATALOG)[Code]['message' | 'hint']>
>;

/** What has to be known about an error, and what may be. */
type FactsOf<Code extends ErrorCode> = Partial<ErrorFacts> & {
	readonly [Name in RequiredFact<Code>]: Name extends keyof ErrorFacts ? ErrorFacts[Name] : never;
};

/** The errors whose texts name no other facts than these. */
export type CodeWithFacts<Names extends keyof ErrorFacts> = {
	[Code in ErrorCode]: RequiredFact<Code> extends Names ? Code : never;
}[ErrorCode];

/** Marks a `CelonisError`, whichever copy of this module created it. */
const BRAND = Symbol.for('n8n-nodes-celonis/CelonisError');

/**
 * An error of the catalog, until `toNodeError` converts it to n8n's error. It does not compile
 * without the facts that its texts name.
 */
export class CelonisError<Code extends ErrorCode = ErrorCode> extends Error {
	readonly [BRAND] = true;

	readonly details: ErrorDetails;

	constructor(
		code: Code,
		...[facts]: [RequiredFact<Code>] extends [never]
			? [facts?: Partial<ErrorFacts>]
			: [facts: FactsOf<Code>]
	) {
		super(code);
		this.name = 'CelonisError';
		this.details = { code, ...facts };
	}
}

/** Whether this is a `CelonisError`. `instanceof` would fail where the module is loaded twice. */
export function isCelonisError(error: unknown): error is CelonisError {
	return typeof error === 'object' && error !== null && BRAND in error;
}

/** Whether the time of a poll ran out. Celonis has answered until then. */
export function isPollDeadlineExceeded(error: unknown): boolean {
	if (!isCelonisError(error)) return false;
	return error.details.code === 'pollDeadlineExceeded' || error.details.isAtDeadline === true;
}

/** The same error with a fact that no text of the catalog names. */
export function addFact(
	{ details }: CelonisError,
	fact: Pick<
		Partial<ErrorFacts>,
		'isAtDeadline' | 'isSequenceBroken' | 'isTokenRefused' | 'isConfirmation'
	>,
): CelonisError {
	const { code, ...facts } = details;
	// The facts that the texts of the code name are those of the error.
	return new CelonisError(code as 'cancelled', { ...facts, ...fact }) as CelonisError;
}

/** The row of the catalog for an error. */
export function getDefinition({ code }: ErrorDetails): ErrorDefinition {
	return ERROR_CATALOG[code];
}

/** What happened, in one line. */
export function formatMessage(details: ErrorDetails): string {
	return interpolate(getDefinition(details).message, details);
}

/**
 * What to do, and what Celonis, or a page in its place, said. An operation may have other terms than
 * those of the API.
 */
export function formatHint(details: ErrorDetails, otherTerms?: OtherTerms): string {
	const { retryAfterMs, detail, page } = details;
	const { message, hint } = getDefinition(details);
	return [
		interpolate(hint, details, otherTerms),
		...(page === undefined || message.includes('{page}') ? [] : [`The response: ${page}.`]),
		...(retryAfterMs === undefined
			? []
			: [`Celonis asks to wait ${Math.ceil(retryAfterMs / 1000)} seconds.`]),
		...(detail === undefined ? [] : [`Celonis says: ${detail}`]),
	].join(' ');
}

/** Inserts the terms of the API, then the facts: braces in a fact stay. */
function interpolate(text: string, details: ErrorDetails, otherTerms?: OtherTerms): string {
	const facts: Readonly<Record<string, unknown>> = { ...details };
	const { api } = details;
	const withTerms = api === undefined ? text : interpolateApiTerms(api, text, otherTerms);
	return withTerms.replace(/\{(\w+)\}/g, (_, name: string) => String(facts[name]));
}
