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
	return toSafeLine(message, secrets, MAX_MESSAGE_LENGTH);
}

/** A text in one short line, without the secrets and whatever looks like one; `undefined` if empty. */
export function toSafeLine(
	text: string,
	secrets: readonly string[],
	maxLength: number,
): string | undefined {
	const line = redactCredentials(shorten(text, secrets).replace(/\s+/g, ' ').trim());
	return line.length > maxLength ? `${line.slice(0, maxLength - 1)}…` : line || undefined;
}

/** The beginning of a message without secrets. A secret that it would cut is redacted too. */
function shorten(message: string, secrets: readonly string[]): string {
	const maxLength = secrets.reduce((max, { length }) => Math.max(max, length), 0);
	const scanned = message.slice(0, MAX_SCANNED_LENGTH + maxLength);
	return redact(scanned, secrets).slice(0, MAX_SCANNED_LENGTH);
}

/** n8n's OAuth2 client leaves JSON as text. JSON may also be a text by itself. */
function extractFromText(text: string): string | undefined {
	if (!/^\s*["{]/.test(text)) return text;
	const value: unknown = parseJson(text);
	if (typeof value === 'string') return value;
	return value === undefined ? text : extractFromBody(value);
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** How deep errors are nested at most: they describe each other. */
const MAX_LEVELS = 5;

function extractFromBody(body: unknown, levels = MAX_LEVELS): string | undefined {
	if (typeof body !== 'object' || body === null || levels === 0) return undefined;
	const extractInner = (inner: unknown) => extractFromBody(inner, levels - 1);
	const fields = body as Record<string, unknown>;
	const text =
		TEXT_FIELDS.map((field) => fields[field]).find(isText) ??
		(Array.isArray(fields.errors) ? fields.errors.map(extractInner).find(isText) : undefined) ??
		extractInner(fields.error ?? fields.fault);
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
