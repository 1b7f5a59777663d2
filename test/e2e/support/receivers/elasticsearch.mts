import type { Json } from '../executions.mts';
import { startReceiver, type Delivery, type Receiver, type Reply } from './receiver.mts';

export interface Elasticsearch extends Receiver {
	/** Documents by index and id. */
	readonly indices: Map<string, Map<string, Json>>;
	/** Documents that violate the mapping of their index. */
	refuse: (document: Json) => boolean;
}

interface Outcome {
	_index: string;
	_id: string;
	status: number;
	result?: 'created';
	error?: { type: string; reason: string };
}

/** An Elasticsearch with one request, `POST /_bulk` with `create`, and one API key. */
export async function startElasticsearch(apiKey: string): Promise<Elasticsearch> {
	const indices: Elasticsearch['indices'] = new Map();
	const accept = (delivery: Delivery): Reply => {
		const rejection = checkRequest(delivery, apiKey);
		if (rejection) return rejection;
		const actions = parseActions(delivery.body);
		if (typeof actions === 'string') return createError(400, 'illegal_argument_exception', actions);
		const outcomes = actions.map((action) => create(action));
		return {
			status: 200,
			body: {
				took: 1,
				errors: outcomes.some(({ error }) => error !== undefined),
				items: outcomes.map((outcome) => ({ create: outcome })),
			},
		};
	};

	const create = ({ _index, _id, document }: Action): Outcome => {
		const index = indices.get(_index) ?? new Map<string, Json>();
		indices.set(_index, index);
		const rejected = (status: number, type: string, reason: string): Outcome => {
			return { _index, _id, status, error: { type, reason } };
		};
		if (index.has(_id)) {
			const reason = `[${_id}]: version conflict, document already exists (current version [1])`;
			return rejected(409, 'version_conflict_engine_exception', reason);
		}
		if (elasticsearch.refuse(document)) {
			return rejected(400, 'document_parsing_exception', 'failed to parse field [message]');
		}
		index.set(_id, document);
		return { _index, _id, status: 201, result: 'created' };
	};

	const receiver = await startReceiver(accept);
	const elasticsearch: Elasticsearch = { ...receiver, indices, refuse: () => false };
	return elasticsearch;
}

interface Action {
	_index: string;
	_id: string;
	document: Json;
}

function checkRequest({ method, path, headers }: Delivery, apiKey: string): Reply | undefined {
	if (headers.authorization !== `ApiKey ${apiKey}`) {
		return createError(
			401,
			'security_exception',
			'unable to authenticate with provided credentials',
		);
	}
	if (method !== 'POST' || path !== '/_bulk') {
		return createError(
			405,
			'illegal_argument_exception',
			`Incorrect HTTP method for uri [${path}]`,
		);
	}
	const type = headers['content-type'];
	if (type === 'application/x-ndjson' || type === 'application/json') return undefined;
	return createError(
		406,
		'media_type_header_exception',
		`Content-Type header [${type}] not supported`,
	);
}

/** Parses actions and their documents, line by line; a text says what is wrong. */
function parseActions(body: string): Action[] | string {
	if (!body.endsWith('\n')) return 'The bulk request must be terminated by a newline [\\n]';
	const lines = body.slice(0, -1).split('\n');
	const actions: Action[] = [];
	for (let line = 0; line < lines.length; line += 2) {
		const { create, ...others } = parseJson(lines[line]) as { create?: Json };
		const document = parseJson(lines[line + 1]);
		if (create === undefined || Object.keys(others).length > 0) {
			return `Malformed action/metadata line [${line + 1}]`;
		}
		const { _index, _id } = create;
		if (typeof _index !== 'string' || !/^[a-z0-9][a-z0-9._-]*$/.test(_index)) {
			return `Invalid index name [${String(_index)}]`;
		}
		if (typeof _id !== 'string' || _id === '' || Buffer.byteLength(_id) > 512) return 'Invalid _id';
		if (Number.isNaN(Date.parse(String(document['@timestamp'])))) return 'No @timestamp';
		actions.push({ _index, _id, document });
	}
	return actions;
}

function parseJson(line: string | undefined): Json {
	try {
		return JSON.parse(line ?? '') as Json;
	} catch {
		return {};
	}
}

function createError(status: number, type: string, reason: string): Reply {
	return { status, body: { error: { type, reason }, status } };
}
