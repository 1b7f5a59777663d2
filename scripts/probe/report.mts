import { FACTS, getFact } from './facts.mts';
import { isSeen, type Seen } from './seen.mts';

/** How a probe ended. */
export const ENDS = [
	'complete',
	'rate limited',
	'interrupted',
	'all requests used',
	'no connection',
	'not signed in',
	'failed',
] as const;

export type End = (typeof ENDS)[number];

export const CREDENTIALS = ['client', 'application key', 'API key'] as const;

export type CredentialKind = (typeof CREDENTIALS)[number];

/** Why a fact was not seen. */
export const REASONS = [
	'not reached',
	'not readable',
	'too few records',
	'not used here',
	'not clear',
	'not tried',
] as const;

export type Reason = (typeof REASONS)[number];

/** What was seen of a fact, or why nothing was. */
export type Finding =
	| {
			readonly id: string;
			readonly seen: Seen;
			readonly verdict: 'as assumed' | 'differs' | 'seen';
	  }
	| { readonly id: string; readonly verdict: 'not seen'; readonly reason: Reason };

/**
 * What a probe reports. By its type it has no place for a value of a record, a host or a credential:
 * words of this package, numbers in a range, and names of fields that consist of technical words.
 */
export interface ProbeReport {
	readonly format: typeof FORMAT;
	readonly version: typeof VERSION;
	readonly credential: CredentialKind;
	readonly end: End;
	readonly requests: number;
	readonly watchedMinutes: number;
	/** One for each fact, in the order of the table of facts. */
	readonly findings: readonly Finding[];
}

export const FORMAT = 'n8n-nodes-celonis probe';
export const VERSION = 1;

const MAX_REQUESTS = 100_000;
const MAX_WATCHED_MINUTES = 100_000;

/** Compares what was seen with what this package assumes. */
export function judge(id: string, seen: Seen): Finding {
	const { assumed } = getFact(id);
	if (assumed === undefined) return { id, seen, verdict: 'seen' };
	const isAssumed = JSON.stringify(seen) === JSON.stringify(assumed);
	return { id, seen, verdict: isAssumed ? 'as assumed' : 'differs' };
}

/** A value that no report may hold. The message does not show it. */
export class ReportError extends Error {
	override name = 'ReportError';
}

/**
 * The report in a value, with nothing else: whatever the type does not name is an error. Every report
 * passes here before it is written, and after it was read.
 */
export function checkReport(value: unknown): ProbeReport {
	const fields = toObject(value, 'The report');
	const { format, version, credential, end, requests, watchedMinutes, findings, ...others } =
		fields;
	if (format !== FORMAT || version !== VERSION) {
		throw new ReportError(`This is no report of npm run probe, version ${VERSION}.`);
	}
	requireNothing(others, 'The report');
	if (!Array.isArray(findings)) throw new ReportError('The report has no list of findings.');
	const checked = findings.map(checkFinding);
	const ids = new Set(checked.map(({ id }) => id));
	if (ids.size !== checked.length) throw new ReportError('The report has a fact twice.');
	return {
		format: FORMAT,
		version: VERSION,
		credential: pickWord(CREDENTIALS, credential, 'credential'),
		end: pickWord(ENDS, end, 'end'),
		requests: pickNumber(requests, MAX_REQUESTS, 'requests'),
		watchedMinutes: pickNumber(watchedMinutes, MAX_WATCHED_MINUTES, 'watchedMinutes'),
		findings: checked,
	};
}

/** What a report saw of a fact; `undefined`: nothing. */
export function getSeen<T extends Seen>({ findings }: ProbeReport, id: string): T | undefined {
	getFact(id);
	const finding = findings.find((each) => each.id === id);
	return finding && finding.verdict !== 'not seen' ? (finding.seen as T) : undefined;
}

function checkFinding(value: unknown): Finding {
	const { id, seen, verdict, reason, ...others } = toObject(value, 'A finding');
	requireNothing(others, 'A finding');
	const fact = FACTS.find((each) => each.id === id);
	if (!fact) throw new ReportError('A finding has an unknown ID.');
	if (verdict === 'not seen') {
		if (seen !== undefined) throw new ReportError(`${fact.id} is seen and not seen.`);
		return { id: fact.id, verdict, reason: pickWord(REASONS, reason, `${fact.id}: reason`) };
	}
	if (reason !== undefined) throw new ReportError(`${fact.id} has a reason not to be seen.`);
	if (!isSeen(fact.kind, seen))
		throw new ReportError(`${fact.id} has a value that it cannot have.`);
	return judge(fact.id, seen);
}

function toObject(value: unknown, what: string): Record<string, unknown> {
	if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
		return value as Record<string, unknown>;
	}
	throw new ReportError(`${what} is no object.`);
}

function requireNothing(others: object, what: string): void {
	if (Object.keys(others).length > 0) throw new ReportError(`${what} has unknown fields.`);
}

function pickWord<Word extends string>(words: readonly Word[], value: unknown, what: string): Word {
	const word = words.find((each) => each === value);
	if (word === undefined) throw new ReportError(`${what} is none of: ${words.join(', ')}.`);
	return word;
}

function pickNumber(value: unknown, max: number, what: string): number {
	const isValid = Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= max;
	if (!isValid) throw new ReportError(`${what} is no whole number from 0 to ${max}.`);
	return value as number;
}
