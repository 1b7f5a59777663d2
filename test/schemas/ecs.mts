import { isIP } from 'node:net';
import { inspect } from 'node:util';
import { EcsFlat, EcsVersion } from '@elastic/ecs';
import { DateTime } from 'luxon';

type Fields = Readonly<Record<string, unknown>>;

/** What is used here of a field's definition. */
interface Field {
	type: string;
	normalize: readonly string[];
	ignore_above?: number;
	index?: boolean;
	/** The type of whatever stands in an `object` without fields of its own. */
	object_type?: string;
	pattern?: string;
	allowed_values?: readonly AllowedValue[];
}

interface AllowedValue {
	name: string;
	/** Of a category: the types of event that it goes with. */
	expected_event_types?: readonly string[];
}

/** The version of the Elastic Common Schema that documents are held against. */
export const ECS_VERSION: string = EcsVersion;

const FIELDS: ReadonlyMap<string, Field> = new Map(Object.entries<Field>(EcsFlat));

/** Every path above a field: `event`, `user`, `user.target`, ... */
const PARENTS: ReadonlySet<string> = new Set(
	[...FIELDS.keys()].flatMap((path) => {
		const names = path.split('.');
		return names.slice(1).map((_, i) => names.slice(0, i + 1).join('.'));
	}),
);

const EXPECTED_TYPES: ReadonlyMap<string, readonly string[]> = new Map(
	FIELDS.get('event.category')?.allowed_values?.map((category) => [
		category.name,
		category.expected_event_types ?? [],
	]),
);

/** ECS itself requires the first two; without the others an audit event says nothing. */
const CORE = [
	'@timestamp',
	'ecs.version',
	'event.action',
	'event.category',
	'event.id',
	'event.kind',
	'event.outcome',
	'event.type',
];

const ISO_8601 = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/;

const isText = (value: unknown) => typeof value === 'string' && value !== '';
const isFields = (value: unknown) => isObject(value) && Object.keys(value).length > 0;

/** What the values of a type of field have to be. */
interface Kind {
	words: string;
	holds: (value: unknown) => boolean;
}

const TEXT: Kind = { words: 'a text that is not empty', holds: isText };
const WHOLE_NUMBER: Kind = { words: 'a whole number', holds: Number.isSafeInteger };
const NUMBER: Kind = { words: 'a number', holds: Number.isFinite };
const OBJECT: Kind = { words: 'an object that is not empty', holds: isFields };

/** By the names of Elasticsearch. */
const KINDS: ReadonlyMap<string, Kind> = new Map([
	['boolean', { words: 'true or false', holds: (value) => typeof value === 'boolean' }],
	['constant_keyword', TEXT],
	['date', { words: 'an ISO 8601 time with a zone', holds: isDate }],
	['double', NUMBER],
	['flattened', OBJECT],
	['float', NUMBER],
	['geo_point', { words: 'a point with lat and lon', holds: isPoint }],
	['integer', WHOLE_NUMBER],
	['ip', { words: 'an IP address', holds: (value) => isText(value) && isIP(String(value)) > 0 }],
	['keyword', TEXT],
	['long', WHOLE_NUMBER],
	['match_only_text', TEXT],
	['nested', OBJECT],
	['object', OBJECT],
	['scaled_float', NUMBER],
	['text', TEXT],
	['unsigned_long', WHOLE_NUMBER],
	['wildcard', TEXT],
]);

/**
 * Every way in which a document is not valid Elastic Common Schema, in words that begin with the
 * field's dotted path. None means: valid. The fields come from Elastic's `@elastic/ecs`; `own`
 * names custom top-level fields, which are not looked into but must not take a name of ECS.
 */
export function ecsProblems(document: Fields, own: readonly string[] = ['celonis']): string[] {
	const taken = own.filter((name) => PARENTS.has(name) || FIELDS.has(name));
	return [
		...taken.map((name) => `${name}: is a name of ECS, not free for custom fields`),
		...CORE.filter((path) => valueAt(document, path) === undefined).map(
			(path) => `${path}: is missing`,
		),
		...Object.entries(document)
			.filter(([name]) => !own.includes(name))
			.flatMap(([name, value]) => problemsAt(name, value)),
		...versionProblems(document),
		...categoryProblems(document),
	];
}

function problemsAt(path: string, value: unknown): string[] {
	if (value === null || value === undefined) return [`${path}: is ${value}`];
	const field = FIELDS.get(path);
	if (field === undefined) {
		if (isFields(value)) return problemsWithin(path, value as Fields);
		return [isObject(value) ? `${path}: is an empty object` : `${path}: is not an ECS field`];
	}
	if (!field.normalize.includes('array')) {
		return Array.isArray(value) ? [`${path}: is an array`] : valueProblems(path, field, value);
	}
	if (!Array.isArray(value)) return [`${path}: is not an array`];
	if (value.length === 0) return [`${path}: is an empty array`];
	return value.flatMap((element) => valueProblems(path, field, element));
}

function problemsWithin(path: string, fields: Fields): string[] {
	return Object.entries(fields).flatMap(([name, value]) => problemsAt(`${path}.${name}`, value));
}

/** On one value of a field, of which there are several in an array. */
function valueProblems(path: string, field: Field, value: unknown): string[] {
	const problem = (words: string) => [`${path}: ${inspect(value)} ${words}`];
	const kind = KINDS.get(field.type);
	if (kind === undefined) return problem(`is of an unknown type, ${field.type}`);
	if (!kind.holds(value)) return problem(`is not ${kind.words}`);
	if (isObject(value) && PARENTS.has(path)) return problemsWithin(path, value);
	if (isObject(value) && field.object_type !== undefined) {
		const inner = { type: field.object_type, normalize: [] };
		return Object.entries(value).flatMap(([name, v]) => valueProblems(`${path}.${name}`, inner, v));
	}
	if (typeof value !== 'string') return [];
	const names = field.allowed_values?.map(({ name }) => name);
	if (names?.includes(value) === false) return problem(`is none of ${names.join(', ')}`);
	if (field.pattern !== undefined && !new RegExp(field.pattern).test(value)) {
		return problem(`does not match ${field.pattern}`);
	}
	// Elasticsearch keeps longer texts, but nobody finds them by this field.
	if (field.index !== false && value.length > (field.ignore_above ?? Infinity)) {
		return [`${path}: is longer than ${field.ignore_above}`];
	}
	return [];
}

function versionProblems(document: Fields): string[] {
	const version = valueAt(document, 'ecs.version');
	if (!isText(version) || version === ECS_VERSION) return [];
	return [`ecs.version: ${inspect(version)} is not ${inspect(ECS_VERSION)}`];
}

/** On categories and types of event that do not go together. */
function categoryProblems(document: Fields): string[] {
	const known = (path: string) => {
		const names = FIELDS.get(path)?.allowed_values?.map(({ name }) => name) ?? [];
		const values = valueAt(document, path);
		return Array.isArray(values) ? names.filter((name) => values.includes(name)) : [];
	};
	const categories = known('event.category');
	const types = known('event.type');
	if (categories.length === 0 || types.length === 0) return [];
	const goTogether = (category: string, type: string) =>
		EXPECTED_TYPES.get(category)?.includes(type) === true;
	return [
		...types
			.filter((type) => !categories.some((category) => goTogether(category, type)))
			.map((type) => `event.type: '${type}' is not expected of ${categories.join(', ')}`),
		...categories
			.filter((category) => !types.some((type) => goTogether(category, type)))
			.map((category) => `event.category: '${category}' does not expect ${types.join(', ')}`),
	];
}

function valueAt(document: Fields, path: string): unknown {
	let value: unknown = document;
	for (const name of path.split('.')) value = isObject(value) ? value[name] : undefined;
	return value;
}

function isDate(value: unknown): boolean {
	return typeof value === 'string' && ISO_8601.test(value) && DateTime.fromISO(value).isValid;
}

function isPoint(value: unknown): boolean {
	if (!isObject(value)) return false;
	const { lat, lon, ...rest } = value;
	const within = (n: unknown, limit: number) => Number.isFinite(n) && Math.abs(Number(n)) <= limit;
	return Object.keys(rest).length === 0 && within(lat, 90) && within(lon, 180);
}

function isObject(value: unknown): value is Fields {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
