import { inspect } from 'node:util';
import { getOwn, isObject, type Fields } from './fields.mts';
import schema from './ocsf-1.8.0.json' with { type: 'json' };

/** A rule about several attributes of a class or an object. */
export interface Constraints {
	at_least_one?: readonly string[];
	just_one?: readonly string[];
}

interface Attribute {
	type: string;
	requirement: string;
	array?: boolean;
	/** The caption of each value. */
	enum?: Readonly<Record<string, string>>;
}

/** A class or an object. */
interface Shape {
	caption: string;
	constraints?: Constraints;
	attributes: Readonly<Record<string, Attribute>>;
}

interface EventClass extends Shape {
	category_uid: number;
	class_uid: number;
}

interface ScalarType {
	/** The type that this one restricts. */
	type?: string;
	values?: readonly boolean[];
	regex?: string;
	max_len?: number;
	range?: readonly number[];
}

const TYPES: Readonly<Record<string, ScalarType>> = schema.types;
const OBJECTS: Readonly<Record<string, Shape>> = schema.objects;
const CATEGORIES: Readonly<Record<string, string>> = schema.categories;
const CLASSES: readonly EventClass[] = Object.values(schema.classes).map((eventClass) => ({
	...eventClass,
	attributes: { ...schema.classes.base_event.attributes, ...eventClass.attributes },
}));

/** The value for "other": the label then says what. */
const OTHER = 99;

/** Which JSON values the base types accept, besides `values`. */
const BASE_TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
	boolean_t: (value) => typeof value === 'boolean',
	float_t: Number.isFinite,
	integer_t: Number.isSafeInteger,
	long_t: Number.isSafeInteger,
	string_t: (value) => typeof value === 'string',
};

/**
 * All violations of OCSF 1.8.0, each starting with the path of the attribute. `ocsf-1.8.0.json` has a
 * part of the schema; anything beyond it is a violation too. One rule is stricter than OCSF, which only
 * recommends it: the label of an identifier, such as `status` of `status_id`, must be its caption; the
 * label of 99 is required and free.
 */
export function findOcsfProblems(document: Fields): string[] {
	const eventClass = CLASSES.find(({ class_uid }) => class_uid === document.class_uid);
	if (eventClass === undefined) {
		const known = CLASSES.map(({ class_uid }) => class_uid).join(', ');
		return [`class_uid: ${inspect(document.class_uid)} is none of ${known}`];
	}
	return [
		...findShapeProblems('', eventClass, document),
		...findFixedProblems(eventClass, document),
	];
}

/** Checks that a class or an object at `path` has at least one, or exactly one, of the named attributes. */
export function findConstraintProblems(path: string, rules: Constraints, value: Fields): string[] {
	const values = (names: readonly string[]) => names.filter((n) => Object.hasOwn(value, n)).length;
	const problems: string[] = [];
	const { at_least_one: some, just_one: one } = rules;
	if (some !== undefined && values(some) === 0) {
		problems.push(`${path || 'event'}: has none of ${some.join(', ')}`);
	}
	if (one !== undefined && values(one) !== 1) {
		problems.push(`${path || 'event'}: has ${values(one)} of ${one.join(', ')} instead of one`);
	}
	return problems;
}

function findShapeProblems(path: string, shape: Shape, value: Fields): string[] {
	const at = (name: string) => (path === '' ? name : `${path}.${name}`);
	const { attributes, constraints = {} } = shape;
	const missing = Object.keys(attributes).filter(
		(name) => attributes[name]?.requirement === 'required' && !Object.hasOwn(value, name),
	);
	return [
		...missing.map((name) => `${at(name)}: is missing`),
		...findConstraintProblems(path, constraints, value),
		...Object.entries(value).flatMap(([name, inner]) => {
			const attribute = getOwn(attributes, name);
			if (attribute !== undefined) return findAttributeProblems(at(name), attribute, inner);
			return [`${at(name)}: is no attribute of ${shape.caption}`];
		}),
		...Object.entries(attributes).flatMap(([name, attribute]) => {
			const label = name.replace(/_id$/, name === 'activity_id' ? '_name' : '');
			if (attribute.enum === undefined || !Object.hasOwn(attributes, label)) return [];
			return findLabelProblems(at(label), attribute.enum, value[name], value[label]);
		}),
	];
}

/** Problems of the label of an identifier. An unknown identifier is a separate problem. */
function findLabelProblems(
	path: string,
	captions: Readonly<Record<string, string>>,
	id: unknown,
	label: unknown,
): string[] {
	const caption = getOwn(captions, String(id));
	if (caption === undefined || label === null) return [];
	if (id === OTHER) return label ? [] : [`${path}: is missing beside ${OTHER}`];
	if (label === undefined || label === caption) return [];
	return [`${path}: ${inspect(label)} is not '${caption}', the caption of ${String(id)}`];
}

function findAttributeProblems(path: string, attribute: Attribute, value: unknown): string[] {
	const { type, array = false } = attribute;
	if (value === null || value === undefined) return [`${path}: is ${value}`];
	if (type !== 'object' && !Object.hasOwn(TYPES, type) && !Object.hasOwn(OBJECTS, type)) {
		return [`${path}: the object ${type} is not in the written-down part of the schema`];
	}
	if (!array) return findValueProblems(path, attribute, value);
	if (!Array.isArray(value)) return [`${path}: is not an array`];
	return value.flatMap((element, i) => findValueProblems(`${path}[${i}]`, attribute, element));
}

/** Problems of one value of an attribute; an array has several. */
function findValueProblems(
	path: string,
	{ type, enum: captions }: Attribute,
	value: unknown,
): string[] {
	if (type === 'json_t') return [];
	if (Object.hasOwn(TYPES, type)) {
		const problem = findScalarProblem(type, value);
		if (problem !== undefined) return [`${path}: ${inspect(value)} ${problem}`];
		if (captions === undefined || Object.hasOwn(captions, String(value))) return [];
		return [`${path}: ${inspect(value)} is none of ${Object.keys(captions).join(', ')}`];
	}
	if (!isObject(value)) return [`${path}: ${inspect(value)} is not an object`];
	const shape = getOwn(OBJECTS, type); // none for `object`, which may hold anything
	return shape === undefined ? [] : findShapeProblems(path, shape, value);
}

const compiled = new Map<string, RegExp>();

/** Compiles a regular expression once: that of IP addresses takes milliseconds. */
function compile(regex: string): RegExp {
	const known = compiled.get(regex) ?? new RegExp(regex);
	compiled.set(regex, known);
	return known;
}

/** What is wrong with a value of a type; undefined if it is valid. */
function findScalarProblem(name: string, value: unknown): string | undefined {
	const { type, values, regex, max_len, range } = getOwn(TYPES, name) ?? {};
	if (type !== undefined) {
		const problem = findScalarProblem(type, value);
		if (problem !== undefined) return problem;
	} else if (getOwn(BASE_TYPES, name)?.(value) !== true) return `does not fit ${name}`;
	if (name === 'timestamp_t' && Number.isNaN(new Date(Number(value)).getTime())) {
		return 'is no time in milliseconds since 1970';
	}
	if (values?.includes(value === true) === false) return `is none of ${values.join(', ')}`;
	const text = String(value);
	if (max_len !== undefined && text.length > max_len) return `is longer than ${max_len}`;
	if (regex !== undefined && !compile(regex).test(text)) return `does not fit ${name}`;
	const [min = -Infinity, max = Infinity] = range ?? [];
	if (Number(value) < min || Number(value) > max) return `is not within ${min} to ${max}`;
	return undefined;
}

/** Problems of the values that depend on the class, the activity and the version of the schema. */
function findFixedProblems(eventClass: EventClass, document: Fields): string[] {
	const { caption, category_uid, class_uid, attributes } = eventClass;
	const { activity_id, metadata } = document;
	const activity = getOwn(attributes.activity_id?.enum ?? {}, String(activity_id));
	const expected: [path: string, found: unknown, value: unknown][] = [
		['category_uid', document.category_uid, category_uid],
		['category_name', document.category_name, CATEGORIES[category_uid]],
		['class_name', document.class_name, caption],
		['metadata.version', isObject(metadata) ? metadata.version : undefined, schema.source.version],
	];
	if (activity !== undefined) {
		expected.push(
			['type_uid', document.type_uid, class_uid * 100 + Number(activity_id)],
			['type_name', document.type_name, `${caption}: ${activity}`],
		);
	}
	return expected
		.filter(([, found, value]) => found !== undefined && found !== null && found !== value)
		.map(([path, found, value]) => `${path}: ${inspect(found)} is not ${inspect(value)}`);
}
