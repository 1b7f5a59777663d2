import { isFalsy } from '../records/falsy';
import { foldFieldName, isJsonObject } from '../records/json';
import { findRecordList } from '../records/recordList';
import { isStatusField } from '../records/statusField';

/** The error that a body describes. */
export interface BodyError {
	/** The HTTP status that the body names, from 400 to 599. */
	readonly status?: number;
}

/** Fields that tell of an error, unless their value says that there is none. */
const ERROR_FIELD =
	/^(?:frontend|has|is)?(?:error|exception|fault|failure)s?(?:code|key|message|text|type|id|reason|string|detail|description|info|information|count)?s?$|^(?:detail|maintenance|timedout|partial|incomplete)$/;

/** Fields that tell of an error if they are false. */
const SUCCESS_FIELD = /^(?:is)?(?:ok|success|successful|succeeded)$/;

/** Fields that tell of an error where there are no records. */
const MESSAGE_FIELD = /^(?:message|msg|warning)s?$/;

const ERROR_WORD =
	/error|fail|exception|unavailable|timed?.?out|denied|forbidden|unauthori[sz]ed|invalid|partial|incomplete/i;

/** Texts by which a field says that there is no error. */
const NO_ERROR = /^(?:false|none|null|no|0|ok|success|no.?errors?)$/i;

/**
 * The error that a JSON body describes, in one of the forms of Celonis' services (common error
 * catalog) or in another usual one. Only the outermost fields count: a record may have a field
 * `status` or `error` of its own.
 */
export function findBodyError(body: unknown): BodyError | undefined {
	if (!isJsonObject(body)) return undefined;
	const fields = Object.entries(body).map(([name, value]) => [foldFieldName(name), value] as const);
	const statuses = fields.filter(([name]) => isStatusField(name)).map(([, value]) => value);
	const codes = statuses.flatMap(unwrapStatus).map(parseErrorCode);
	const status = codes.find((code) => code !== undefined && code < 600);
	if (status !== undefined) return { status };

	const hasError =
		codes.some((code) => code !== undefined) ||
		statuses.flatMap(unwrapStatus).some(isErrorWord) ||
		fields.some(([name, value]) => ERROR_FIELD.test(name) && !isNoError(value)) ||
		fields.some(([name, value]) => SUCCESS_FIELD.test(name) && isFalse(value)) ||
		(!isFalsy(body.reference) && !isFalsy(body.message)) ||
		(!findRecordList(body)?.length &&
			fields.some(([name, value]) => MESSAGE_FIELD.test(name) && !isNoError(value)));
	return hasError ? {} : undefined;
}

/** A status may be an object with a code. */
function unwrapStatus(status: unknown): unknown[] {
	return isJsonObject(status) ? [status.code, status.status] : [status];
}

/** A code of 400 or more, as a number or at the start of a text such as `503 Service Unavailable`. */
function parseErrorCode(value: unknown): number | undefined {
	const code = typeof value === 'string' ? Number.parseInt(value, 10) : value;
	return typeof code === 'number' && code >= 400 ? code : undefined;
}

function isErrorWord(value: unknown): boolean {
	return typeof value === 'string' && ERROR_WORD.test(value) && !isNoError(value);
}

function isNoError(value: unknown): boolean {
	return isFalsy(value) || (typeof value === 'string' && NO_ERROR.test(value.trim()));
}

function isFalse(value: unknown): boolean {
	return (
		value === false || value === 0 || (typeof value === 'string' && /^\s*false\s*$/i.test(value))
	);
}
