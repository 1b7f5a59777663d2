import { parsePattern } from '../../../filters/pattern';
import { memoizeByText } from '../../../records/memoize';
import { isDocumented } from '../catalogue';
import { findSeverityRules, type SeverityRule } from '../severity';
import {
	ACTION_RULES,
	CLASSIFICATIONS,
	OBJECT_RULES,
	OTHER_ACTION_RULE,
	OTHER_OBJECT_RULE,
	type ActionRule,
	type Classification,
	type MessageKeys,
	type ObjectRule,
} from './mapping';

/** The classification of an event by its name. */
export interface EventClassification extends Classification {
	/** Name of the affected object in Celonis. */
	readonly object: string;
	/** Whether Celonis documents the event. */
	readonly isDocumented: boolean;
	readonly keys: MessageKeys;
	/** Name of the action, in one or two words. */
	readonly action: string;
	readonly ecsType: ActionRule['ecsType'];
	readonly isMembership?: true;
	readonly activities: ActionRule['activities'];
	/** What may decide on the severity. */
	readonly severityRules: readonly SeverityRule[];
}

const findObjectRule = createRuleFinder(OBJECT_RULES, OTHER_OBJECT_RULE);
const findActionRule = createRuleFinder(ACTION_RULES, OTHER_ACTION_RULE);

/**
 * Classifies an event by its name. An event that Celonis does not document has the object and the
 * classification `other`, whatever its name; its action may still be known.
 */
export const classifyEvent: (eventName: string) => EventClassification = memoizeByText(classify);

function classify(eventName: string): EventClassification {
	const isKnown = isDocumented(eventName);
	const objectRule = isKnown ? findObjectRule(eventName) : OTHER_OBJECT_RULE;
	const { action, ecsType, isMembership, activities } = findActionRule(eventName);
	return {
		...CLASSIFICATIONS[objectRule.classification],
		object: objectRule.object,
		isDocumented: isKnown,
		keys: objectRule.keys ?? {},
		action,
		ecsType,
		isMembership,
		activities,
		severityRules: findSeverityRules(eventName),
	};
}

function createRuleFinder<Rule extends ObjectRule | ActionRule>(
	rules: readonly Rule[],
	otherRule: Rule,
): (eventName: string) => Rule {
	const compiled = rules.map((rule) => ({
		rule,
		patterns: rule.events.map((pattern) => parsePattern(pattern)),
	}));
	return (eventName) =>
		compiled.find(({ patterns }) => patterns.some((matches) => matches?.(eventName)))?.rule ??
		otherRule;
}
