import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { SimulatedResponse } from './responses.mts';
import type { Fault } from './faults.mts';
import type { SimulatedRequest } from './routes.mts';

const TIME_TO_READ_MS = 50;
const TIME_BETWEEN_DROPS_MS = 20;

const maxBodyBytes = 100_000;
const formType = 'multipart/form-data';

/** Takes in a request; what exceeds a sensible size of its body, or of its upload, is dropped. */
export async function readRequest(
	request: IncomingMessage,
	maxUploadBytes: number,
): Promise<SimulatedRequest> {
	const type = request.headers['content-type'] ?? '';
	const isForm = type.startsWith(formType);
	const maxBytes = isForm ? maxUploadBytes : maxBodyBytes;
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
		...(isForm ? { parts: await partsOf(Buffer.concat(chunks), type) } : {}),
	};
}

/** The fields of a multipart form; undefined where it is malformed. */
async function partsOf(body: Buffer, type: string): Promise<SimulatedRequest['parts']> {
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

/** Sends an answer, as a whole or as far as the fault lets it. */
export async function deliver(
	response: ServerResponse,
	answer: SimulatedResponse,
	fault: Fault | undefined,
): Promise<void> {
	const body = Buffer.from(answer.body);
	response.sendDate = false;
	const isOpenEnded = answer.status === 204 || fault?.kind === 'flood' || fault?.kind === 'trickle';
	const headers = {
		...(isOpenEnded ? {} : { 'content-length': String(body.length) }),
		...answer.headers,
	};
	response.writeHead(
		answer.status,
		Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== '')),
	);
	if (fault?.kind === 'flood' || fault?.kind === 'trickle') {
		await (fault.kind === 'flood' ? pour(response) : drip(response));
		return;
	}
	if (fault?.kind !== 'truncate' && fault?.kind !== 'reset') {
		response.end(body);
		return;
	}
	const half = body.subarray(0, Math.floor(body.length / 2));
	const flushed = new Promise<void>((resolve) => {
		response.write(half, () => resolve());
	});
	await Promise.race([flushed, once(response, 'close')]);
	// A reset throws away what the other side has not read yet, and that would be all of it.
	if (fault.kind === 'reset') await Promise.race([delay(TIME_TO_READ_MS), once(response, 'close')]);
	if (fault.kind === 'reset') response.socket?.resetAndDestroy();
	else response.socket?.destroy();
}

async function drip(response: ServerResponse): Promise<void> {
	while (!response.destroyed) {
		response.write(' ');
		await delay(TIME_BETWEEN_DROPS_MS, undefined, { ref: false });
	}
}

async function pour(response: ServerResponse): Promise<void> {
	const drop = Buffer.alloc(1024 * 1024, '{},');
	response.write('{"content":[');
	while (!response.destroyed) {
		const isTaken = response.write(drop);
		if (!isTaken) await Promise.race([once(response, 'drain'), once(response, 'close')]);
	}
}
