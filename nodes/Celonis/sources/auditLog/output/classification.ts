import { isDocumented } from '../catalogue';
import { parsePattern } from '../../../filters/pattern';
import {
	ACTION_RULES,
	OBJECT_RULES,
	OTHER_ACTION_RULE,
	OTHER_OBJECT_RULE,
	CLASSIFICATIONS,
	type ActionRule,
	type ObjectRule,
	type MessageKeys,
	type Classification,
} from './mapping';

/** What the table says about a name. */
export interface EventClassification {
	/** What was touched, in the words of Celonis. */
	readonly object: string;
	readonly sort: Classification;
	/** Whether Celonis documents the event; others have the general sort. */
	readonly isDocumented: boolean;
	readonly keys: MessageKeys;
	/** What was done, in a word. */
	readonly action: string;
	readonly ecsType: ActionRule[2];
	readonly activities: ActionRule[3];
}

const findObjectRule = createRuleFinder(OBJECT_RULES, OTHER_OBJECT_RULE);
const findActionRule = createRuleFinder(ACTION_RULES, OTHER_ACTION_RULE);

const known = new Map<string, EventClassification>();

/** More names than Celonis has; a log of ever new ones must not fill the memory. */
const MAX_CACHED = 2000;

/**
 * Looks a name up in the table. One that Celonis does not document belongs to the general family,
 * whatever it looks like; what was done may still be read from it.
 */
export function classifyEvent(eventName: string): EventClassification {
	const found = known.get(eventName);
	if (found) return found;
	if (known.size >= MAX_CACHED) known.clear();
	const classification = classify(eventName);
	known.set(eventName, classification);
	return classification;
}

function classify(eventName: string): EventClassification {
	const isKnown = isDocumented(eventName);
	const [object, , sort, keys = {}] = isKnown ? findObjectRule(eventName) : OTHER_OBJECT_RULE;
	const [action, , ecsType, activities] = findActionRule(eventName);
	return {
		object,
		sort: CLASSIFICATIONS[sort],
		isDocumented: isKnown,
		keys,
		action,
		ecsType,
		activities,
	};
}

function createRuleFinder<Row extends ObjectRule | ActionRule>(
	rows: readonly Row[],
	otherwise: Row,
) {
	const compiled = rows.map((row) => ({
		row,
		patterns: row[1].split(', ').map((pattern) => parsePattern(pattern)),
	}));
	return (eventName: string): Row =>
		compiled.find(({ patterns }) => patterns.some((fits) => fits?.(eventName)))?.row ?? otherwise;
}
