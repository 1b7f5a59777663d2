import { getOwn } from '../records/json';
import { isBlank } from '../records/text';
import { toSafeLine } from './errorMessage';
import { getHeader, type HttpResponse } from './response';

const MAX_TITLE_LENGTH = 80;

/** Statuses for which Celonis is known to send JSON or nothing: a text is not from Celonis. */
const JSON_STATUSES: readonly number[] = [403, 407, 413, 495, 496, 497];

/** Names by which proxies introduce themselves. Many do not. */
const PROXY_SERVERS = /\b(?:squid|tinyproxy|privoxy|zscaler|bluecoat|mikrotik)/i;

/**
 * Whether a response with an error status is not from Celonis, but from a proxy, a firewall or a
 * gateway in between. Celonis sends its errors as JSON, and a few as plain text (common error catalog).
 */
export function isFromIntermediary(response: HttpResponse): boolean {
	const { status, body } = response;
	if (getHeader(response, 'x-squid-error') !== undefined) return true;
	// The page of a proxy that refuses a tunnel does not always arrive.
	if (PROXY_SERVERS.test(getHeader(response, 'server') ?? '')) return true;
	if (typeof body !== 'string' || isBlank(body)) return false;
	if (isWebPage(response)) return true;
	// JSON that is cut off, or that is a text.
	if (/^\s*[{["]/.test(body)) return false;
	return JSON_STATUSES.includes(status);
}

/** Whether a response is HTML, or XML. */
export function isWebPage(response: HttpResponse): boolean {
	const { body } = response;
	if (typeof body !== 'string') return false;
	return /^\s*</.test(body) || /\bhtml\b/i.test(getHeader(response, 'content-type') ?? '');
}

/** What a page says, in quotes: its title, its first heading, or its text. Without secrets. */
export function describePage({ body }: HttpResponse, secrets: readonly string[]): string {
	if (typeof body !== 'string' || isBlank(body)) return 'an empty response';
	const isMarkup = /^\s*</.test(body);
	const text = isMarkup ? (findElement(body, 'title') ?? findElement(body, 'h1')) : body;
	const line = text && toSafeLine(decodeEntities(text), secrets, MAX_TITLE_LENGTH);
	return line ? `"${line}"` : 'a web page without a title';
}

/** The text in the first element of this name. Long pages are not searched to their end. */
function findElement(html: string, name: string): string | undefined {
	const head = html.slice(0, MAX_SEARCHED_LENGTH);
	const lower = head.toLowerCase();
	const open = lower.indexOf(`<${name}`);
	const start = open < 0 ? -1 : lower.indexOf('>', open);
	const end = start < 0 ? -1 : lower.indexOf(`</${name}`, start);
	const text = end < 0 ? undefined : head.slice(start + 1, end).replace(/<[^<>]*>/g, ' ');
	return isBlank(text) ? undefined : text;
}

const MAX_SEARCHED_LENGTH = 20_000;

/** The entities that titles contain. */
const ENTITIES: Readonly<Record<string, string>> = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	apos: "'",
	nbsp: ' ',
	ndash: '–',
	mdash: '—',
	hellip: '…',
};

function decodeEntities(text: string): string {
	return text.replace(
		/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,6}));/gi,
		(entity: string, decimal?: string, hex?: string, name?: string) => {
			if (name !== undefined) return getOwn(ENTITIES, name.toLowerCase()) ?? entity;
			const code = decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal);
			return code <= 0x10ffff ? String.fromCodePoint(code) : entity;
		},
	);
}
