import type { Json } from '../executions.mts';
import { DataStream, isDataStream, type Outcome } from './dataStream.mts';
import { startReceiver, type Delivery, type Receiver, type Reply } from './receiver.mts';

export interface Elasticsearch extends Receiver {
	/** The data stream of this name; created if it does not exist. */
	stream(name: string): DataStream;
	/** Documents that violate a mapping of the user's own. */
	refuse: (document: Json) => boolean;
	/** Rejects the next request as a whole, because too much is being indexed. */
	beBusyOnce(): void;
	/** Rejects the next document because a queue is full; others of its request are stored. */
	rejectOnce(): void;
}

/** Elasticsearch's default for `http.max_content_length`. */
const MAX_BYTES = 100 * 1024 * 1024;

interface Action {
	readonly index: string;
	readonly id?: string;
	readonly document: Json;
}

/**
 * An Elasticsearch with the project's template and pipeline, and one request: `POST /_bulk` with
 * `create`. Its API key may do nothing else than create documents in the data streams of Celonis.
 */
export async function startElasticsearch(apiKey: string): Promise<Elasticsearch> {
	const streams = new Map<string, DataStream>();
	let isBusy = false;
	let isQueueFull = false;
	const stream = (name: string): DataStream => {
		const existing = streams.get(name) ?? new DataStream(name);
		streams.set(name, existing);
		return existing;
	};

	const accept = (delivery: Delivery): Reply => {
		const rejection = checkRequest(delivery, apiKey);
		if (rejection) return rejection;
		if (isBusy) {
			isBusy = false;
			const reason = 'rejected execution of coordinating operation';
			return createError(429, 'es_rejected_execution_exception', reason);
		}
		const actions = parseActions(delivery.body);
		if (typeof actions === 'string') return createError(400, 'illegal_argument_exception', actions);
		const outcomes = actions.map(create);
		return {
			status: 200,
			body: {
				took: 1,
				errors: outcomes.some(({ error }) => error !== undefined),
				items: outcomes.map((outcome) => ({ create: outcome })),
			},
		};
	};

	const create = ({ index, id, document }: Action): Outcome => {
		const rejected = (status: number, type: string, reason: string): Outcome => {
			return { _index: index, _id: id ?? '', status, error: { type, reason } };
		};
		if (!isDataStream(index)) {
			const reason = `action [indices:data/write/bulk[s]] is unauthorized on indices [${index}]`;
			return rejected(403, 'security_exception', reason);
		}
		if (isQueueFull) {
			isQueueFull = false;
			return rejected(
				429,
				'es_rejected_execution_exception',
				'rejected execution of primary operation',
			);
		}
		if (elasticsearch.refuse(document)) {
			return rejected(400, 'document_parsing_exception', 'failed to parse field [message]');
		}
		return stream(index).create({ id, document });
	};

	const receiver = await startReceiver(accept);
	const elasticsearch: Elasticsearch = {
		...receiver,
		stream,
		refuse: () => false,
		beBusyOnce: () => void (isBusy = true),
		rejectOnce: () => void (isQueueFull = true),
	};
	return elasticsearch;
}

function checkRequest({ method, path, headers, body }: Delivery, apiKey: string) {
	if (headers.authorization !== `ApiKey ${apiKey}`) {
		const reason = 'unable to authenticate with provided credentials';
		return createError(401, 'security_exception', reason);
	}
	if (method !== 'POST' || path !== '/_bulk') {
		const reason = `Incorrect HTTP method for uri [${path}]`;
		return createError(405, 'illegal_argument_exception', reason);
	}
	if (Buffer.byteLength(body) > MAX_BYTES) return { status: 413, body: '' };
	const type = headers['content-type'];
	if (type === 'application/x-ndjson' || type === 'application/json') return undefined;
	const reason = `Content-Type header [${type}] not supported`;
	return createError(406, 'media_type_header_exception', reason);
}

/** Parses actions and their documents, line by line; a text says what is wrong. */
function parseActions(body: string): Action[] | string {
	if (!body.endsWith('\n')) return 'The bulk request must be terminated by a newline [\\n]';
	const lines = body.slice(0, -1).split('\n');
	const actions: Action[] = [];
	for (let line = 0; line < lines.length; line += 2) {
		const { create, ...others } = parseJson(lines[line]) as { create?: Json };
		// A data stream accepts no other action.
		if (create === undefined || Object.keys(others).length > 0) {
			return `Malformed action/metadata line [${line + 1}]`;
		}
		const { _index, _id } = create;
		if (typeof _index !== 'string' || !/^[a-z0-9][a-z0-9._-]*$/.test(_index)) {
			return `Invalid index name [${String(_index)}]`;
		}
		const isId = typeof _id === 'string' && _id !== '' && Buffer.byteLength(_id) <= 512;
		if (!isId && _id !== undefined) return 'Invalid _id';
		actions.push({
			index: _index,
			id: isId ? _id : undefined,
			document: parseJson(lines[line + 1]),
		});
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
