import { isDocumented } from '../catalogue';
import { parsePattern } from '../../../filters/pattern';
import {
	ACTIONS,
	FAMILIES,
	OTHER_ACTION,
	OTHER_FAMILY,
	SORTS,
	type Action,
	type Family,
	type Keys,
	type Sort,
} from './mapping';

/** What the table says about a name. */
export interface Meaning {
	/** What was touched, in the words of Celonis. */
	readonly object: string;
	readonly sort: Sort;
	/** Whether Celonis documents the event; others have the general sort. */
	readonly isDocumented: boolean;
	readonly keys: Keys;
	/** What was done, in a word. */
	readonly action: string;
	readonly ecsType: Action[2];
	readonly activities: Action[3];
}

const familyOf = firstFitting(FAMILIES, OTHER_FAMILY);
const actionOf = firstFitting(ACTIONS, OTHER_ACTION);

const known = new Map<string, Meaning>();

/** More names than Celonis has; a log of ever new ones must not fill the memory. */
const MOST_KNOWN = 2000;

/**
 * Looks a name up in the table. One that Celonis does not document belongs to the general family,
 * whatever it looks like; what was done may still be read from it.
 */
export function meaningOf(eventName: string): Meaning {
	const found = known.get(eventName);
	if (found) return found;
	if (known.size >= MOST_KNOWN) known.clear();
	const meaning = lookUp(eventName);
	known.set(eventName, meaning);
	return meaning;
}

function lookUp(eventName: string): Meaning {
	const isKnown = isDocumented(eventName);
	const [object, , sort, keys = {}] = isKnown ? familyOf(eventName) : OTHER_FAMILY;
	const [action, , ecsType, activities] = actionOf(eventName);
	return {
		object,
		sort: SORTS[sort],
		isDocumented: isKnown,
		keys,
		action,
		ecsType,
		activities,
	};
}

function firstFitting<Row extends Family | Action>(rows: readonly Row[], otherwise: Row) {
	const compiled = rows.map((row) => ({
		row,
		patterns: row[1].split(', ').map((pattern) => parsePattern(pattern)),
	}));
	return (eventName: string): Row =>
		compiled.find(({ patterns }) => patterns.some((fits) => fits?.(eventName)))?.row ?? otherwise;
}
