import type { Answer } from './client.mts';
import { isObject } from './fields.mts';
import { LIST_NAMES, type EmptyForm } from './words.mts';

type JsonObject = Readonly<Record<string, unknown>>;

/** A page of a list. */
export interface Page {
	/** The page without its list. */
	readonly fields: JsonObject;
	readonly listName: (typeof LIST_NAMES)[number];
	readonly list: readonly unknown[] | null | undefined;
	readonly records: readonly JsonObject[];
	/** The token of the next page, if there is one. */
	readonly token: string | number | undefined;
}

const NO_PAGE: Page = {
	fields: {},
	listName: 'none',
	list: undefined,
	records: [],
	token: undefined,
};

/** The page of an answer; `undefined` if the answer has none. */
export function readPage({ access, json }: Answer): Page | undefined {
	if (access === 'empty') return NO_PAGE;
	if (access !== 'ok') return undefined;
	if (Array.isArray(json)) {
		return { ...NO_PAGE, listName: 'the page itself', list: json, records: json.filter(isObject) };
	}
	if (!isObject(json)) return undefined;
	const name = findListName(json);
	const value = name === undefined ? undefined : json[name];
	const list = Array.isArray(value) || value === null ? value : undefined;
	const { nextPageToken } = json;
	const isToken =
		typeof nextPageToken === 'number' ||
		(typeof nextPageToken === 'string' && nextPageToken !== '');
	return {
		fields: json,
		listName:
			name === undefined ? 'none' : (LIST_NAMES.find((known) => known === name) ?? 'another name'),
		list,
		records: list?.filter(isObject) ?? [],
		token: isToken ? nextPageToken : undefined,
	};
}

/** `content`, else the one list of the page. */
function findListName(json: JsonObject): string | undefined {
	if ('content' in json) return 'content';
	const names = Object.keys(json).filter((name) => Array.isArray(json[name]));
	return names.length === 1 ? names[0] : undefined;
}

/** How an answer shows that there is nothing. */
export function getEmptyForm(answer: Answer): EmptyForm {
	if (answer.access === 'empty') return '204';
	if (answer.status >= 400 && answer.status < 500) return 'refused';
	const page = readPage(answer);
	if (!page || page.records.length > 0) return 'other';
	if (page.list === null) return 'null';
	return page.list === undefined ? 'no list' : 'an empty list';
}

/** Whether an answer refuses the request. */
export function isRefusal({ status }: Answer): boolean {
	return status >= 400 && status < 500;
}
