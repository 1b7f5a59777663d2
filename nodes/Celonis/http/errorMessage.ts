const MAX_MESSAGE_LENGTH = 300;

/** Nobody looks at more of a refusal than this. */
const MAX_SCANNED_LENGTH = 10_000;

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
 * support. The `secrets`, and what looks like one, are blotted out; web pages are left out.
 */
export function extractErrorMessage(
	body: unknown,
	secrets: readonly string[] = [],
): string | undefined {
	const words = typeof body === 'string' ? extractFromText(body) : extractFromBody(body);
	if (!words || /^\s*</.test(words)) return undefined;
	const line = redactCredentials(
		redact(words.slice(0, MAX_SCANNED_LENGTH), secrets).replace(/\s+/g, ' ').trim(),
	);
	return line.length > MAX_MESSAGE_LENGTH
		? `${line.slice(0, MAX_MESSAGE_LENGTH - 1)}…`
		: line || undefined;
}

/** n8n's OAuth2 client leaves JSON as text. */
function extractFromText(text: string): string | undefined {
	if (!/^\s*\{/.test(text)) return text;
	const fields: unknown = parseJson(text);
	return fields === undefined ? text : extractFromBody(fields);
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function extractFromBody(body: unknown): string | undefined {
	if (typeof body !== 'object' || body === null) return undefined;
	const fields = body as Record<string, unknown>;
	const text =
		TEXT_FIELDS.map((field) => fields[field]).find(isText) ??
		(Array.isArray(fields.errors) ? fields.errors.map(extractFromBody).find(isText) : undefined);
	if (!isText(fields.reference)) return text;
	return `${text ?? 'No further words'} (reference ${fields.reference})`;
}

/** A text with the secrets blotted out. */
export function redact(words: string, secrets: readonly string[]): string {
	return secrets.reduce((text, secret) => text.split(secret).join('***'), words);
}

/** Credentials that are none of ours, by their look: after a scheme, and JSON Web Tokens. */
function redactCredentials(line: string): string {
	return line
		.replace(/\b(Bearer|AppKey|Basic)(\s+)[\w.~+/=-]{8,}/gi, '$1$2***')
		.replace(/\beyJ[\w-]{8,}(?:\.[\w-]+){0,4}/g, '***');
}

function isText(value: unknown): value is string {
	return typeof value === 'string' && value.trim() !== '';
}
