import type { Json } from '../executions.mts';
import { startReceiver, type Delivery, type Receiver, type Reply } from './receiver.mts';

/** An event as the index holds it. */
export interface SplunkEvent {
	/** Epoch seconds. */
	time: number;
	sourcetype: string;
	fields: Record<string, string>;
	event: Json;
}

export interface Splunk extends Receiver {
	/** Everything that was indexed, in order. Splunk keeps what comes twice twice. */
	readonly index: SplunkEvent[];
	/** The one that it takes. */
	token: string;
	/** The answer to the next request: its queues are full. */
	beBusyOnce(): void;
}

/** The search command `dedup`: of events that share a value, the first. */
export function dedup(events: SplunkEvent[], field: string): SplunkEvent[] {
	const byValue = new Map<string | undefined, SplunkEvent>();
	for (const event of events) {
		const value = event.fields[field];
		if (!byValue.has(value)) byValue.set(value, event);
	}
	return [...byValue.values()];
}

/**
 * A Splunk HTTP Event Collector with one token: refuses what Splunk refuses, with Splunk's numbers and
 * texts, and what Splunk would take but misunderstand.
 */
export async function startSplunk(token: string): Promise<Splunk> {
	const index: SplunkEvent[] = [];
	let busy = false;
	const accept = (delivery: Delivery): Reply => {
		const refusal = refusalOf(delivery, splunk.token);
		if (refusal) return refusal;
		if (busy) {
			busy = false;
			return answer(503, 9, 'Server is busy');
		}
		const events = eventsIn(delivery.body);
		if (events === undefined) return answer(400, 6, 'Invalid data format');
		for (const [number, event] of events.entries()) {
			const problem = problemOf(event);
			if (problem) return { ...problem, body: { ...problem.body, 'invalid-event-number': number } };
		}
		index.push(...(events as unknown as SplunkEvent[]));
		return answer(200, 0, 'Success');
	};
	const receiver = await startReceiver(accept);
	const splunk: Splunk = { ...receiver, index, token, beBusyOnce: () => void (busy = true) };
	return splunk;
}

function refusalOf({ method, path, headers, body }: Delivery, token: string): Reply | undefined {
	if (path !== '/services/collector/event') {
		return answer(404, 404, 'The requested URL was not found on this server.');
	}
	if (method !== 'POST') return answer(405, 405, 'Method Not Allowed');
	const { authorization } = headers;
	if (!authorization) return answer(401, 2, 'Token is required');
	if (!authorization.startsWith('Splunk ')) return answer(401, 3, 'Invalid authorization');
	if (authorization !== `Splunk ${token}`) return answer(403, 4, 'Invalid token');
	return body.trim() === '' ? answer(400, 5, 'No data') : undefined;
}

/** One JSON object a line. (Splunk takes them without line breaks, too.) */
function eventsIn(body: string): Json[] | undefined {
	try {
		const events = body.split('\n').map((line) => JSON.parse(line) as unknown);
		return events.every(isObject) ? events : undefined;
	} catch {
		return undefined;
	}
}

const known = ['time', 'host', 'source', 'sourcetype', 'index', 'fields', 'event'];

function problemOf(sent: Json): { status: number; body: object } | undefined {
	const { time, sourcetype, fields = {}, event } = sent;
	if (event === undefined) return answer(400, 12, 'Event field is required');
	if (event === '') return answer(400, 13, 'Event field cannot be blank');
	if (Object.keys(sent).some((key) => !known.includes(key))) {
		return answer(400, 6, 'Invalid data format');
	}
	// Splunk would read milliseconds as a year far away, and index them.
	const isSeconds = typeof time === 'number' && time > 1e9 && time < 1e10;
	if (!isSeconds || typeof sourcetype !== 'string') return answer(400, 6, 'Invalid data format');
	const isFlat =
		isObject(fields) && Object.values(fields).every((value) => typeof value === 'string');
	return isFlat ? undefined : answer(400, 15, 'Error in handling indexed fields');
}

function isObject(value: unknown): value is Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function answer(status: number, code: number, text: string): { status: number; body: object } {
	return { status, body: { text, code } };
}
