/** Texts of people and hosts, which stand wherever a schema may have a text. */
export const HOSTILE_TEXTS = [
	'grace@navy.example',
	'Grace Hopper',
	'navy.eu-1.celonis.cloud',
	'sk-live-4711',
	'GRACE_WAS_INVITED',
	'application/vnd.navy+json',
	'schema-of-grace',
] as const;

const [MAIL, NAME, HOST, KEY, EVENT, MEDIA_TYPE, SCHEMA_NAME] = HOSTILE_TEXTS;

/** A schema that is valid, and has values of a team in names, types, examples, defaults and references. */
export function createHostileSchema(url: string): object {
	const texts = { title: NAME, description: `See ${url}`, example: MAIL, default: KEY };
	const text = { type: 'string', enum: [EVENT, MAIL], pattern: KEY, format: HOST, ...texts };
	const record = {
		type: 'object',
		required: [MAIL],
		properties: {
			userId: text,
			event: { ...text, 'x-values': [EVENT] },
			[MAIL]: text,
			[NAME]: { type: MAIL },
			[HOST]: { type: ['string', KEY] },
			[new URL(url).host]: { type: { [KEY]: MAIL } },
		},
		...texts,
	};
	const page = {
		type: 'object',
		properties: {
			content: { type: 'array', items: { $ref: `#/components/schemas/${SCHEMA_NAME}` } },
			nextPageToken: text,
			[KEY]: { $ref: `https://${HOST}/schemas/${NAME}` },
		},
	};
	const parameters = [
		{ name: 'from', in: 'query', schema: text, ...texts },
		{ name: MAIL, in: 'query', schema: { type: NAME } },
		{ name: { [KEY]: MAIL } },
		{ $ref: `#/components/parameters/${NAME}` },
	];
	const operation = {
		operationId: NAME,
		tags: [MAIL],
		parameters,
		responses: {
			200: { description: KEY, content: { [MEDIA_TYPE]: { schema: page } } },
			[EVENT]: { description: MAIL },
		},
	};
	return {
		openapi: KEY,
		info: { title: `API of ${HOST}`, version: KEY, contact: { name: NAME, email: MAIL } },
		servers: [{ url: `https://${HOST}` }, { url }],
		paths: { [`/${HOST}/v2/audit`]: { summary: NAME, get: operation } },
		components: {
			schemas: { [SCHEMA_NAME]: record },
			parameters: { [NAME]: { name: KEY, schema: text } },
		},
	};
}
