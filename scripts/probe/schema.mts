import { SCHEMA_PATH } from './apis.mts';
import type { ProbeClient } from './client.mts';
import { isSafeName } from './fieldNames.mts';
import { isObject } from './fields.mts';
import type { Findings } from './findings.mts';
import { JSON_TYPES, orderWords, type JsonType, type SeenFields } from './seen.mts';

type JsonObject = Readonly<Record<string, unknown>>;

/** Reads the team's own description of its API, where it is reachable: names and types only. */
export async function examineSchema(
	client: ProbeClient,
	authorization: string,
	findings: Findings,
): Promise<void> {
	const answer = await client.get(SCHEMA_PATH, {}, authorization);
	const { access, json } = answer;
	const paths = isObject(json) && isObject(json.paths) ? json.paths : undefined;
	findings.see('schema.access', access === 'ok' && !paths ? 'no page' : access);
	if (access === 'ok' && paths && isObject(json)) describeSchema(json, paths, findings);
	findings.missOthers('not readable', 'schema.');
}

function describeSchema(document: JsonObject, paths: JsonObject, findings: Findings): void {
	const path = Object.keys(paths).find((each) => /\/v2\/audit\/?$/.test(each));
	findings.see('schema.version2', path === undefined ? 'no' : 'yes');
	const item = path === undefined ? undefined : paths[path];
	const operation = isObject(item) && isObject(item.get) ? item.get : undefined;
	if (!operation) return;
	findings.see('schema.parameters', describeParameters(document, operation));
	const page = findPageSchema(document, operation);
	if (!page) return;
	findings.see('schema.pageFields', describeProperties(document, page));
	const list = Object.values(getProperties(page))
		.map((property) => resolve(document, property))
		.find(({ type }) => toTypes(type).includes('list'));
	const record = list && resolve(document, list.items);
	if (record) findings.see('schema.recordFields', describeProperties(document, record));
}

function describeParameters(document: JsonObject, { parameters }: JsonObject): SeenFields {
	const list = Array.isArray(parameters) ? parameters : [];
	const entries = list
		.map((each) => resolve(document, each))
		.map(({ name, schema }) => {
			return [String(name), resolve(document, schema)] as const;
		});
	return toSeenFields(entries);
}

function findPageSchema(document: JsonObject, { responses }: JsonObject): JsonObject | undefined {
	const ok = isObject(responses) ? resolve(document, responses['200']) : {};
	const [content] = isObject(ok.content) ? Object.values(ok.content) : [];
	return isObject(content) ? resolve(document, content.schema) : undefined;
}

function describeProperties(document: JsonObject, schema: JsonObject): SeenFields {
	const entries = Object.entries(getProperties(schema)).map(
		([name, property]) => [name, resolve(document, property)] as const,
	);
	return toSeenFields(entries);
}

function getProperties({ properties }: JsonObject): JsonObject {
	return isObject(properties) ? properties : {};
}

function toSeenFields(entries: ReadonlyArray<readonly [string, JsonObject]>): SeenFields {
	const safe = entries.filter(([name]) => isSafeName(name)).sort(([a], [b]) => (a < b ? -1 : 1));
	const names = safe.map(([name, { type }]) => [name, toTypes(type)] as const);
	return { names: Object.fromEntries(names), others: entries.length - safe.length };
}

const TYPES: Readonly<Record<string, JsonType>> = {
	string: 'text',
	integer: 'number',
	number: 'number',
	boolean: 'boolean',
	object: 'object',
	array: 'list',
	null: 'null',
};

function toTypes(type: unknown): JsonType[] {
	const types = (Array.isArray(type) ? type : [type]).map((each) => TYPES[String(each)]);
	return orderWords(JSON_TYPES, new Set(types.filter((each) => each !== undefined)));
}

/** A part of the document; a reference within the document is followed, once. */
function resolve(document: JsonObject, part: unknown): JsonObject {
	if (!isObject(part)) return {};
	const { $ref } = part;
	if (typeof $ref !== 'string' || !$ref.startsWith('#/')) return part;
	let target: unknown = document;
	for (const key of $ref.slice(2).split('/')) {
		target = isObject(target) && Object.hasOwn(target, key) ? target[key] : undefined;
	}
	return isObject(target) ? target : {};
}
