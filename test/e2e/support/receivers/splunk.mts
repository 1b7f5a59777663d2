import type { Json } from '../executions.mts';
import { startReceiver, type Delivery, type Receiver, type Reply } from './receiver.mts';

/** An indexed event. */
export interface SplunkEvent {
	/** Epoch seconds. */
	time: number;
	host?: string;
	sourcetype: string;
	fields: Record<string, string>;
	event: Json;
}

export interface Splunk extends Receiver {
	/** All indexed events, in order. Splunk keeps duplicates. */
	readonly index: SplunkEvent[];
	/** The accepted token. */
	token: string;
	/** How many requests are accepted before the token becomes invalid. */
	requestsLeft: number;
	/** Rejects the next request because its queues are full. */
	beBusyOnce(): void;
}

/** A strict `max_content_length`: collectors with the default of Splunk Enterprise take 800 MB. */
const MAX_BYTES = 1_000_000;

/** The search command `dedup`: the first of the events that share a value. */
export function dedupe(events: SplunkEvent[], field: string): SplunkEvent[] {
	const byValue = new Map<string | undefined, SplunkEvent>();
	for (const event of events) {
		const value = event.fields[field];
		if (!byValue.has(value)) byValue.set(value, event);
	}
	return [...byValue.values()];
}

/**
 * A Splunk HTTP Event Collector with one token. Rejects what Splunk rejects, with Splunk's codes and
 * texts, and what Splunk would accept but misinterpret.
 */
export async function startSplunk(token: string): Promise<Splunk> {
	const index: SplunkEvent[] = [];
	let busy = false;
	const accept = (delivery: Delivery): Reply => {
		const isRevoked = splunk.requestsLeft === 0;
		const rejection = checkRequest(delivery, isRevoked ? 'revoked' : splunk.token);
		if (rejection) return rejection;
		if (busy) {
			busy = false;
			return createReply(503, 9, 'Server is busy');
		}
		const events = parseEvents(delivery.body);
		if (events === undefined) return createReply(400, 6, 'Invalid data format');
		for (const [number, event] of events.entries()) {
			const problem = findProblem(event);
			if (problem) return { ...problem, body: { ...problem.body, 'invalid-event-number': number } };
		}
		splunk.requestsLeft--;
		index.push(...(events as unknown as SplunkEvent[]));
		return createReply(200, 0, 'Success');
	};
	const receiver = await startReceiver(accept);
	const splunk: Splunk = {
		...receiver,
		index,
		token,
		requestsLeft: Infinity,
		beBusyOnce: () => void (busy = true),
	};
	return splunk;
}

function checkRequest({ method, path, headers, body }: Delivery, token: string): Reply | undefined {
	if (path !== '/services/collector/event') {
		return createReply(404, 404, 'The requested URL was not found on this server.');
	}
	if (method !== 'POST') return createReply(405, 405, 'Method Not Allowed');
	const { authorization } = headers;
	if (!authorization) return createReply(401, 2, 'Token is required');
	if (!authorization.startsWith('Splunk ')) return createReply(401, 3, 'Invalid authorization');
	if (authorization !== `Splunk ${token}`) return createReply(403, 4, 'Invalid token');
	const bytes = Buffer.byteLength(body);
	if (bytes > MAX_BYTES) {
		return createReply(413, 27, `Content-Length of ${bytes} too large (maximum is ${MAX_BYTES})`);
	}
	return body.trim() === '' ? createReply(400, 5, 'No data') : undefined;
}

/** One JSON object per line. (Splunk accepts them without line breaks, too.) */
function parseEvents(body: string): Json[] | undefined {
	try {
		const events = body.split('\n').map((line) => JSON.parse(line) as unknown);
		return events.every(isObject) ? events : undefined;
	} catch {
		return undefined;
	}
}

const known = ['time', 'host', 'source', 'sourcetype', 'index', 'fields', 'event'];

function findProblem(sent: Json): { status: number; body: object } | undefined {
	const { time, host = 'splunk', sourcetype, fields = {}, event } = sent;
	if (event === undefined || event === null) return createReply(400, 12, 'Event field is required');
	if (event === '') return createReply(400, 13, 'Event field cannot be blank');
	if (Object.keys(sent).some((key) => !known.includes(key))) {
		return createReply(400, 6, 'Invalid data format');
	}
	// Splunk would index milliseconds as a distant year.
	const isSeconds = typeof time === 'number' && time > 1e9 && time < 1e10;
	if (!isSeconds || typeof sourcetype !== 'string' || typeof host !== 'string' || host === '')
		return createReply(400, 6, 'Invalid data format');
	const isFlat =
		isObject(fields) && Object.values(fields).every((value) => typeof value === 'string');
	return isFlat ? undefined : createReply(400, 15, 'Error in handling indexed fields');
}

function isObject(value: unknown): value is Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function createReply(status: number, code: number, text: string): { status: number; body: object } {
	return { status, body: { text, code } };
}
