/** Evaluates Sigma rules on events, as a SIEM would. */
import { parseAddress, parseAddressBlock } from '../../nodes/Celonis/filters/addressBlock';
import { parseDetection, toWholeText, type Expression, type FieldMatch } from './expression.mts';
import type { DetectionRule } from './rules.mts';

export type Event = Readonly<Record<string, unknown>>;

/** Whether an event matches. */
export type Matcher = (event: Event) => boolean;

/** Compiles the detection of a rule. */
export function compileRule({ detection }: Pick<DetectionRule, 'detection'>): Matcher {
	return compile(parseDetection(detection));
}

function compile(expression: Expression): Matcher {
	if (expression.kind === 'field') return compileMatch(expression);
	if (expression.kind === 'not') {
		const matches = compile(expression.part);
		return (event) => !matches(event);
	}
	const parts = expression.parts.map(compile);
	return expression.kind === 'and'
		? (event) => parts.every((matches) => matches(event))
		: (event) => parts.some((matches) => matches(event));
}

function compileMatch({ field, test }: FieldMatch): Matcher {
	if (test.kind === 'null') {
		return (event) => findValues(event, field).every((value) => value === null);
	}
	const matches = test.kind === 'cidr' ? testAddress(test.block) : testPattern(test);
	return (event) =>
		findValues(event, field).some((value) => isScalar(value) && matches(`${value}`));
}

function testPattern(test: Extract<FieldMatch['test'], { kind: 'text' | 'regex' }>) {
	const pattern = test.kind === 'text' ? toWholeText(test.sources) : test.pattern;
	return (text: string) => pattern.test(text);
}

function testAddress(block: string): (text: string) => boolean {
	const contains = parseAddressBlock(block);
	if (!contains) throw new Error(`${block} is not an address block`);
	return (text) => {
		const address = parseAddress(text);
		return address !== undefined && contains(address);
	};
}

function isScalar(value: unknown): value is string | number | boolean {
	return ['string', 'number', 'boolean'].includes(typeof value);
}

/**
 * The values of a field, whose name has dots between the keys of nested objects. Of a list these are
 * its elements, so that an empty list has no value; a field that is missing has none either.
 */
export function findValues(event: Event, field: string): unknown[] {
	let values: unknown[] = [event];
	for (const key of field.split('.')) {
		values = values.flatMap((value) =>
			typeof value === 'object' && value !== null && Object.hasOwn(value, key)
				? [(value as Event)[key]].flat(Infinity)
				: [],
		);
	}
	return values;
}
