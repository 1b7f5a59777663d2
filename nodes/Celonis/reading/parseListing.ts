import type { ApiName } from '../errors/apis';
import { CelonisError } from '../errors/celonisError';
import type { HttpResponse } from '../http/response';
import { isFalsy } from '../records/falsy';
import { foldFieldName, isJsonObject, type JsonObject } from '../records/json';
import { findRecordList, isListField } from '../records/recordList';
import { isStatusField } from '../records/statusField';
import { announcesNextPage } from './pageToken';

/** A response as a part of a list. */
export interface Listing {
	readonly records: readonly unknown[];
	/** The fields of the response. */
	readonly fields: JsonObject;
	/** Whether the response has a list. Without one, it only says that there is nothing to show. */
	readonly hasList: boolean;
}

/** Fields that count what there is. */
const COUNT_FIELDS: ReadonlySet<string> = new Set(
	[
		...['totalCount', 'total', 'totalElements', 'totalRecords', 'totalItems', 'totalResults'],
		...['totalHits', 'totalPages', 'pageCount', 'count', 'numberOfElements', 'recordCount'],
	].map(foldFieldName),
);

/** Fields that an empty log may have besides, with a number or nothing in them. */
const PAGING_FIELDS: ReadonlySet<string> = new Set(
	[
		...['pageNumber', 'pageIndex', 'page', 'number', 'pageSize', 'perPage', 'size', 'limit'],
		...['offset', 'first', 'last', 'empty', 'hasMore', 'hasNext'],
		// They tell of no error: a response that describes one does not get here.
		...['status', 'statusCode', 'code', 'success', 'error', 'errors', 'errorCode'],
	].map(foldFieldName),
);

/** What a status says if all is well. */
const GOOD_STATUS =
	/^(?:|null|0|[123]\d\d\b.*|true|ok|success\w*|succeeded|up|completed?|done|found|active|available|ready)$/i;

/**
 * Finds the list of records in a response. An empty log is an empty list, status 204, a list that is
 * null, or a count of 0. Whatever else has no list is the error `unexpectedJson`, never an empty log.
 */
export function parseListing(api: ApiName, response: HttpResponse): Listing {
	if (response.status === 204) return { records: [], fields: {}, hasList: false };
	const { body: fields } = response;
	if (isJsonObject(fields)) {
		const records = findRecordList(fields);
		const isCredible = records && (records.length > 0 || hasGoodStatus(fields));
		if (isCredible) return { records, fields, hasList: true };
		if (!records && isEmptyListing(fields)) return { records: [], fields, hasList: false };
	}
	throw new CelonisError('unexpectedJson', { api });
}

/** A count, such as `totalCount`; `undefined` if it is none. */
export function parseCount(value: unknown): number | undefined {
	const count = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
	return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : undefined;
}

/** Whether a response without a list says that there is nothing to show, and nothing else. */
function isEmptyListing(fields: JsonObject): boolean {
	let isSaid = false;
	for (const [name, value] of Object.entries(fields)) {
		if (name === 'nextPageToken') continue;
		const folded = foldFieldName(name);
		const isCount = COUNT_FIELDS.has(folded);
		const isNull = value === null;
		const isKnown = isListField(name)
			? isNull
			: isCount
				? isNull || parseCount(value) === 0
				: PAGING_FIELDS.has(folded) && isPagingValue(value);
		if (!isKnown) return false;
		isSaid ||= isListField(name) || (isCount && !isNull);
	}
	return isSaid && hasGoodStatus(fields) && !announcesNextPage(fields);
}

/** A number, a truth value, or nothing. */
function isPagingValue(value: unknown): boolean {
	const isSimple = typeof value === 'number' || typeof value === 'boolean';
	return isSimple || isFalsy(value) || parseCount(value) !== undefined;
}

/** Whether no status says anything but that all is well: an empty list in a maintenance is no empty log. */
function hasGoodStatus(fields: JsonObject): boolean {
	return Object.entries(fields)
		.filter(([name]) => isStatusField(foldFieldName(name)))
		.every(([, value]) => isJsonObject(value) || GOOD_STATUS.test(String(value).trim()));
}
