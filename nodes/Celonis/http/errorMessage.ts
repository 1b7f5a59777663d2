const MAX_MESSAGE_LENGTH = 300;

/** Only this much of an error body is searched. */
const MAX_SCANNED_LENGTH = 10_000;

/** Where Celonis' services put their error messages, best first (common error catalog). */
const TEXT_FIELDS = [
	'detail',
	'errorInformation',
	'message',
	'error_description',
	'error',
	'title',
];

/**
 * The message of an error body in one short line, with the service's reference for support. The
 * `secrets` and whatever looks like a secret are redacted; of a web page, nothing is used.
 */
export function extractErrorMessage(
	body: unknown,
	secrets: readonly string[] = [],
): string | undefined {
	const message = typeof body === 'string' ? extractFromText(body) : extractFromBody(body);
	if (!message || /^\s*</.test(message)) return undefined;
	const line = redactCredentials(
		redact(message.slice(0, MAX_SCANNED_LENGTH), secrets).replace(/\s+/g, ' ').trim(),
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
	return `${text ?? 'No details'} (reference ${fields.reference})`;
}

/** A text with the secrets replaced. */
export function redact(text: string, secrets: readonly string[]): string {
	return secrets.reduce((redacted, secret) => redacted.split(secret).join('***'), text);
}

/** Replaces what looks like a credential: after a scheme, or a JSON Web Token. */
function redactCredentials(line: string): string {
	return line
		.replace(/\b(Bearer|AppKey|Basic)(\s+)[\w.~+/=-]{8,}/gi, '$1$2***')
		.replace(/\beyJ[\w-]{8,}(?:\.[\w-]+){0,4}/g, '***');
}

function isText(value: unknown): value is string {
	return typeof value === 'string' && value.trim() !== '';
}
