/** What a detection of Sigma means: its selections and its condition as one expression. */
import { parseCondition, type Condition } from './condition.mts';
import type { Detection } from './rules.mts';

type FieldTest =
	/** Sources of regular expressions of which one matches the whole text, see `toWholeText`. */
	| { readonly kind: 'text'; readonly sources: readonly string[] }
	| { readonly kind: 'regex'; readonly pattern: RegExp }
	| { readonly kind: 'cidr'; readonly block: string }
	| { readonly kind: 'null' };

/** Whether one of the values of a field passes a test. */
export interface FieldMatch {
	readonly kind: 'field';
	readonly field: string;
	readonly test: FieldTest;
}

export type Expression =
	| FieldMatch
	| { readonly kind: 'and' | 'or'; readonly parts: readonly Expression[] }
	| { readonly kind: 'not'; readonly part: Expression };

/**
 * Parses a detection. Throws for what Sigma allows but no rule here uses, such as keywords without a
 * field, so that no rule is evaluated as something that it does not mean.
 */
export function parseDetection({ condition, ...selections }: Detection): Expression {
	const parsed = new Map(
		Object.entries(selections).map(([name, selection]) => [name, parseSelection(selection)]),
	);
	return resolve(parseCondition(condition), parsed);
}

function resolve(condition: Condition, selections: ReadonlyMap<string, Expression>): Expression {
	if (condition.kind === 'not') return { kind: 'not', part: resolve(condition.part, selections) };
	if (condition.kind !== 'selections') {
		return {
			kind: condition.kind,
			parts: condition.parts.map((part) => resolve(part, selections)),
		};
	}
	const parts = findSelections(condition.pattern, [...selections.keys()]).map(
		(name) => selections.get(name)!,
	);
	if (parts.length === 0) throw new Error(`No selection is called ${condition.pattern}`);
	return combine(condition.quantity === 'all' ? 'and' : 'or', parts);
}

/** The names that a condition refers to: a name, a pattern with `*`, or `them`. */
export function findSelections(pattern: string, names: readonly string[]): string[] {
	if (pattern === 'them') return names.filter((name) => !name.startsWith('_'));
	const matches = toWholeText([parsePattern(pattern.replaceAll('?', '\\?'))]);
	return names.filter((name) => matches.test(name));
}

/** The fields of a map are linked by "and", the maps of a list by "or". */
function parseSelection(selection: unknown): Expression {
	if (Array.isArray(selection)) return combine('or', selection.map(parseSelection));
	if (typeof selection !== 'object' || selection === null) {
		throw new Error('Keywords without a field are not supported');
	}
	return combine(
		'and',
		Object.entries(selection).map(([key, value]) => parseField(key, value)),
	);
}

/** The values of a list are linked by "or", or by "and" with the modifier `all`. */
function parseField(key: string, value: unknown): Expression {
	const [field = '', ...modifiers] = key.split('|');
	if (field === '') throw new Error('Keywords without a field are not supported');
	const isAll = modifiers.includes('all');
	const others = modifiers.filter((modifier) => modifier !== 'all');
	const values: readonly unknown[] = Array.isArray(value) ? value : [value];
	if (Array.isArray(value) && values.includes(null)) {
		throw new Error(`${field}: null must not be part of a list`);
	}
	if (values.length === 0 || (isAll && values.length < 2)) {
		throw new Error(`${field}: too few values`);
	}
	return combine(
		isAll ? 'and' : 'or',
		values.map((each) => parseValue(field, others, each)),
	);
}

function parseValue(field: string, modifiers: readonly string[], value: unknown): Expression {
	const [modifier, flag, ...rest] = modifiers;
	if (rest.length > 0 || (flag !== undefined && (modifier !== 're' || flag !== 'i'))) {
		throw new Error(`${field}: the modifiers ${modifiers.join('|')} are not supported`);
	}
	if (value === null && modifier === undefined) {
		return { kind: 'field', field, test: { kind: 'null' } };
	}
	const text = toText(field, value);
	if (modifier === 'cidr') return { kind: 'field', field, test: { kind: 'cidr', block: text } };
	if (modifier === 're') {
		return { kind: 'field', field, test: { kind: 'regex', pattern: new RegExp(text, flag) } };
	}
	const source = addWildcards(field, parsePattern(text), modifier);
	return { kind: 'field', field, test: { kind: 'text', sources: [source] } };
}

function addWildcards(field: string, source: string, modifier: string | undefined): string {
	if (modifier === undefined) return source;
	if (modifier === 'contains') return `.*${source}.*`;
	if (modifier === 'startswith') return `${source}.*`;
	if (modifier === 'endswith') return `.*${source}`;
	throw new Error(`${field}: the modifier ${modifier} is not supported`);
}

/** Sigma compares all values as texts. */
function toText(field: string, value: unknown): string {
	if (typeof value === 'object' || value === undefined) {
		throw new Error(`${field}: ${JSON.stringify(value)} is not a value`);
	}
	return String(value);
}

/** In any case; a wildcard matches line breaks too. */
export const TEXT_FLAGS = 'isu';

export function toWholeText(sources: readonly string[]): RegExp {
	return new RegExp(`^(?:${sources.join('|')})$`, TEXT_FLAGS);
}

/**
 * A value of Sigma as the source of a regular expression. `*` and `?` are wildcards. A backslash before
 * a wildcard makes it a plain character, before such a backslash too; any other backslash is itself.
 */
function parsePattern(value: string): string {
	return value.replace(
		/\\([*?\\])|[*?]|[\\^$.+()[\]{}|/]/g,
		(match, escaped: string | undefined) => {
			if (escaped !== undefined) return `\\${escaped}`;
			if (match === '*') return '.*';
			return match === '?' ? '.' : `\\${match}`;
		},
	);
}

function combine(kind: 'and' | 'or', parts: readonly Expression[]): Expression {
	return parts.length === 1 ? parts[0]! : { kind, parts };
}
