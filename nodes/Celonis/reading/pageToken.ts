import type { ApiName } from '../errors/apis';
import { CelonisError } from '../errors/celonisError';
import { isFalsy } from '../records/falsy';
import { foldFieldName, isJsonObject, type JsonObject } from '../records/json';

/**
 * The token of the next page; `undefined` on the last page, where it is missing, null or empty
 * (Celonis' overview of the API). Whatever announces a further page without a usable token is the
 * error `invalidPageToken`: the rest would be lost silently.
 */
export function parsePageToken(api: ApiName, fields: JsonObject): string | undefined {
	const { nextPageToken: token } = fields;
	if (typeof token === 'number' && Number.isFinite(token)) return String(token);
	if (typeof token === 'string' && token.trim() !== '') return token;
	const isLast = token === undefined || token === null || typeof token === 'string';
	if (isLast && !announcesNextPage(fields)) return undefined;
	throw new CelonisError('invalidPageToken', { api });
}

/** Fields that are true if a page follows. */
const MORE_FIELD =
	/^(?:(?:is|has)?more(?:pages|available|results|data)?|hasnext(?:page)?|istruncated)$/;

/** Fields that are false if a page follows. */
const LAST_FIELD = /^(?:is)?last(?:page)?$/;

/** Fields that lead to the next page. */
const NEXT_FIELD =
	/^(?:odata)?next(?:page|token|pagetoken|cursor|link|url|uri|href|offset)?$|^continuationtoken$/;

/** Objects that have such fields, and lists of links. */
const PAGING_OBJECT =
	/^(?:links?|paging|pagination|page|pageinfo|pageable|meta|metadata|cursors?)$/;

/** Whether fields other than `nextPageToken` say that a page follows. */
export function announcesNextPage(fields: JsonObject): boolean {
	return Object.entries(fields).some(([name, value]) => {
		if (name === 'nextPageToken') return false;
		const folded = foldFieldName(name);
		if (PAGING_OBJECT.test(folded) && Array.isArray(value)) {
			return value.some((link) => isJsonObject(link) && link.rel === 'next');
		}
		if (PAGING_OBJECT.test(folded) && isJsonObject(value)) {
			return Object.entries(value).some((field) => leadsToNextPage(...field));
		}
		return leadsToNextPage(name, value);
	});
}

function leadsToNextPage(name: string, value: unknown): boolean {
	const folded = foldFieldName(name);
	if (MORE_FIELD.test(folded)) return value === true;
	if (LAST_FIELD.test(folded)) return value === false;
	return NEXT_FIELD.test(folded) && !isFalsy(value);
}
