import type { JsonType, SeenFields } from '../../scripts/probe/seen.mts';
import { auditV2Path } from './auditPaths.mts';
import { requireSignIn } from './authorization.mts';
import type { Behaviour } from './behaviour.mts';
import { CONTENT_TYPE_HEADERS, type ContentType } from './contentTypes.mts';
import {
	accessDenied,
	badParameterV2,
	emptyResponse,
	frameworkError,
	jsonResponse,
	textResponse,
	unauthorized,
	type SimulatedResponse,
} from './responses.mts';
import type { Endpoint } from './routes.mts';

/** Where a team describes its own API; whether real teams let clients read it is unknown. */
export const schemaPath = '/log/v3/api-docs';

/** How a request for the team's own schema ends. */
export type SchemaAccess = 'ok' | 'no JSON' | keyof typeof OTHER_RESPONSES;

/** What a team's own schema of its API says. */
export interface TeamSchema {
	readonly access: SchemaAccess;
	/** What a response that is no JSON says that it is; HTML by default. */
	readonly contentType?: ContentType;
	/** Whether it has version 2 of the Audit Log API. */
	readonly hasVersion2?: boolean;
	/** Names and types; unknown where they are missing. */
	readonly parameters?: SeenFields;
	readonly pageFields?: SeenFields;
	readonly recordFields?: SeenFields;
}

/** The endpoint of a team's own schema, where it has one. */
export function createSchemaEndpoint(behaviour: Behaviour): Endpoint {
	return {
		method: 'GET',
		path: schemaPath,
		isAvailable: () => behaviour.schema !== undefined,
		getRequirement: () => requireSignIn,
		respond: () => {
			const { access, contentType = 'html', ...content } = behaviour.schema!;
			if (access === 'ok') return jsonResponse(200, createDocument(content));
			if (access === 'no JSON') return createWebPage(contentType);
			return OTHER_RESPONSES[access]();
		},
	};
}

const OTHER_RESPONSES = {
	empty: () => emptyResponse(204),
	unauthorized: () => unauthorized(),
	forbidden: () => accessDenied(),
	'bad request': () => badParameterV2('The version of the schema is unknown.'),
	'other refusal': () => frameworkError(405, schemaPath, 0),
	'server error': () => textResponse(500, 'The schema cannot be read.'),
	redirect: (): SimulatedResponse => ({ status: 302, headers: { location: '/' }, body: '' }),
	'no page': () => jsonResponse(200, { openapi: '3.0.1' }),
} as const;

const createWebPage = (type: ContentType): SimulatedResponse => ({
	status: 200,
	headers: { 'content-type': CONTENT_TYPE_HEADERS[type] },
	body: '<!doctype html><title>API</title>',
});

/** Whether a request for the schema can end like that here. */
export const isSchemaAccess = (word: string): word is SchemaAccess =>
	word === 'ok' || word === 'no JSON' || Object.hasOwn(OTHER_RESPONSES, word);

function createDocument({
	hasVersion2 = true,
	parameters,
	pageFields,
	recordFields,
}: Omit<TeamSchema, 'access' | 'contentType'>): object {
	const page = pageFields && createPageSchema(pageFields, recordFields);
	const operation = parameters && {
		parameters: Object.entries(createProperties(parameters)).map(([name, schema]) => {
			return { name, in: 'query', schema };
		}),
		responses: {
			200: { content: page ? { 'application/json': { schema: refer('Page') } } : undefined },
		},
	};
	return {
		openapi: '3.1.0',
		info: { title: 'Audit Log API', version: 'v3' },
		paths: hasVersion2 ? { [auditV2Path]: operation ? { get: operation } : {} } : {},
		components: {
			schemas: {
				...(page && { Page: page }),
				...(recordFields && { Record: toObjectSchema(createProperties(recordFields)) }),
			},
		},
	};
}

const refer = (name: string) => ({ $ref: `#/components/schemas/${name}` });

const toObjectSchema = (properties: object) => ({ type: 'object', properties });

/** A page whose lists have the records; a list without a known name has another one. */
function createPageSchema(fields: SeenFields, recordFields: SeenFields | undefined): object {
	const properties = createProperties(fields);
	const items = recordFields && refer('Record');
	const isList = ([, { type }]: [string, Property]) => [type].flat().includes('array');
	const lists = Object.entries(properties).filter(isList);
	if (items && lists.length === 0 && fields.others > 0) {
		properties[createOtherName(0)] = { type: 'array', items };
	}
	for (const [name, property] of lists) properties[name] = { ...property, ...(items && { items }) };
	return toObjectSchema(properties);
}

interface Property {
	readonly type?: string | readonly string[];
	readonly items?: object;
}

/** Properties with the names and types of a report, and others without a type. */
function createProperties({ names, others }: SeenFields): Record<string, Property> {
	const known = Object.entries(names).map(([name, types]): [string, Property] => [
		name,
		createProperty(types),
	]);
	const unknown = Array.from({ length: others }, (_, i): [string, Property] => [
		createOtherName(i),
		{},
	]);
	return Object.fromEntries([...known, ...unknown]);
}

const TYPES: Readonly<Partial<Record<JsonType, string>>> = {
	text: 'string',
	number: 'number',
	boolean: 'boolean',
	object: 'object',
	list: 'array',
	null: 'null',
};

function createProperty(seen: readonly JsonType[]): Property {
	const types = seen.flatMap((type) => TYPES[type] ?? []);
	return types.length === 0 ? {} : { type: types.length === 1 ? types[0] : types };
}

/** A name that is no technical word. */
const createOtherName = (index: number): string => `zzyzx-${index}`;
