import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { SimulatedResponse } from './responses.mts';
import type { InjectedFault } from './faults/faultInjector.mts';
import type { SimulatedRequest } from './routes.mts';

const READ_DELAY_MS = 50;
const TRICKLE_INTERVAL_MS = 20;

const MAX_BODY_BYTES = 100_000;
const MULTIPART_TYPE = 'multipart/form-data';

/** Receives a request; what exceeds the maximum size of its body or upload is dropped. */
export async function receiveRequest(
	request: IncomingMessage,
	maxUploadBytes: number,
): Promise<SimulatedRequest> {
	const type = request.headers['content-type'] ?? '';
	const isForm = type.startsWith(MULTIPART_TYPE);
	const maxBytes = isForm ? maxUploadBytes : MAX_BODY_BYTES;
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of request as AsyncIterable<Buffer>) {
		size += chunk.length;
		if (size <= maxBytes) chunks.push(chunk);
	}
	const { pathname, searchParams } = new URL(`http://simulator${request.url}`);
	const headers = Object.fromEntries(
		Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
	);
	return {
		method: request.method ?? 'GET',
		path: pathname,
		query: searchParams,
		headers,
		body: isForm ? '' : Buffer.concat(chunks).toString(),
		...(isForm ? { parts: await parseParts(Buffer.concat(chunks), type) } : {}),
	};
}

/** The fields of a multipart form; undefined where it is malformed. */
async function parseParts(body: Buffer, type: string): Promise<SimulatedRequest['parts']> {
	try {
		const form = await new Response(body, { headers: { 'content-type': type } }).formData();
		const parts = new Map<string, Uint8Array>();
		for (const [name, value] of form) {
			const bytes = typeof value === 'string' ? Buffer.from(value) : await value.arrayBuffer();
			parts.set(name, new Uint8Array(bytes));
		}
		return parts;
	} catch {
		return undefined;
	}
}

/** Sends a response, or the part of it that the fault leaves. */
export async function sendResponse(
	outgoing: ServerResponse,
	response: SimulatedResponse,
	fault: InjectedFault | undefined,
): Promise<void> {
	const body = Buffer.from(response.body);
	const isStream = fault?.type === 'flood' || fault?.type === 'trickle';
	const hasLength = response.status !== 204 && !isStream;
	const headers = {
		...(hasLength ? { 'content-length': String(body.length) } : {}),
		...response.headers,
	};
	outgoing.sendDate = false;
	outgoing.writeHead(
		// A response with status 204 would have no body.
		isStream ? 200 : response.status,
		Object.fromEntries(
			Object.entries(headers)
				.filter(([, value]) => value !== '')
				.map(([name, value]) => [name, value.split('\n')]),
		),
	);
	switch (fault?.type) {
		case 'flood':
			return await sendFlood(outgoing);
		case 'trickle':
			return await sendTrickle(outgoing);
		case 'truncate':
		case 'reset':
			return await sendHalf(outgoing, body, fault.type);
		default:
			outgoing.end(body);
	}
}

async function sendHalf(
	outgoing: ServerResponse,
	body: Buffer,
	end: 'truncate' | 'reset',
): Promise<void> {
	const half = body.subarray(0, Math.floor(body.length / 2));
	const flushed = new Promise<void>((resolve) => {
		outgoing.write(half, () => resolve());
	});
	await Promise.race([flushed, once(outgoing, 'close')]);
	if (end === 'truncate') {
		outgoing.socket?.destroy();
		return;
	}
	// A reset discards what the client has not read yet, which would be all of it.
	await Promise.race([delay(READ_DELAY_MS), once(outgoing, 'close')]);
	outgoing.socket?.resetAndDestroy();
}

async function sendTrickle(outgoing: ServerResponse): Promise<void> {
	while (!outgoing.destroyed) {
		outgoing.write(' ');
		await delay(TRICKLE_INTERVAL_MS, undefined, { ref: false });
	}
}

async function sendFlood(outgoing: ServerResponse): Promise<void> {
	const chunk = Buffer.alloc(1024 * 1024, '{},');
	const closed = once(outgoing, 'close');
	outgoing.write('{"content":[');
	while (!outgoing.destroyed) {
		const isTaken = outgoing.write(chunk);
		if (!isTaken) await Promise.race([once(outgoing, 'drain'), closed]);
	}
}
