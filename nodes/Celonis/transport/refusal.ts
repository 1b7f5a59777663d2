const LONGEST_DETAIL = 300;

/** Where Celonis' services put what they have to say, best first (common error catalog). */
const TEXT_FIELDS = [
	'detail',
	'errorInformation',
	'message',
	'error_description',
	'error',
	'title',
];

/**
 * What a refusal says of itself, in one short line: the service's own words and its reference for
 * support. Credentials that a server might echo are blotted out, web pages left out.
 */
export function describeRefusal(body: unknown): string | undefined {
	const words = typeof body === 'string' ? body : wordsOf(body);
	if (!words || /^\s*</.test(words)) return undefined;
	const line = blotCredentials(words.replace(/\s+/g, ' ').trim());
	return line.length > LONGEST_DETAIL ? `${line.slice(0, LONGEST_DETAIL - 1)}…` : line || undefined;
}

function wordsOf(body: unknown): string | undefined {
	if (typeof body !== 'object' || body === null) return undefined;
	const fields = body as Record<string, unknown>;
	const text =
		TEXT_FIELDS.map((field) => fields[field]).find(isText) ??
		(Array.isArray(fields.errors) ? fields.errors.map(wordsOf).find(isText) : undefined);
	if (!isText(fields.reference)) return text;
	return `${text ?? 'No further words'} (reference ${fields.reference})`;
}

function blotCredentials(line: string): string {
	return line.replace(/\b(Bearer|AppKey|Basic)(\s+)[\w.~+/=-]{8,}/gi, '$1$2***');
}

function isText(value: unknown): value is string {
	return typeof value === 'string' && value.trim() !== '';
}
