import type { ApiName } from '../errors/apis';
import { CelonisError } from '../errors/celonisError';
import { parseJson } from './parseJson';

/** 500 records with differences of 100 kB each are still smaller. */
const MAX_BODY_MIB = 64;

/**
 * Reads the body of a response: parsed if it is JSON, otherwise its text. One that is too large is
 * the error `responseTooLarge`, before all of it is in memory. The signal ends the read too.
 */
export async function readBody(api: ApiName, body: unknown, signal: AbortSignal): Promise<unknown> {
	if (!isStream(body)) return body;
	const destroy = () => void body.destroy();
	if (signal.aborted) destroy();
	signal.addEventListener('abort', destroy, { once: true });

	const chunks: Buffer[] = [];
	let bytes = 0;
	for await (const chunk of body) {
		bytes += chunk.length;
		if (bytes > MAX_BODY_MIB * 2 ** 20) {
			throw new CelonisError('responseTooLarge', { api, limit: `${MAX_BODY_MIB} MiB` });
		}
		chunks.push(chunk);
	}
	return parseBody(Buffer.concat(chunks).toString('utf8'));
}

/**
 * The value of JSON, see `parseJson`; any other text unchanged. JSON that is only a text keeps its
 * quotation marks, which tell it from a text that is not JSON.
 */
export function parseBody(text: string): unknown {
	const value = tryParseJson(text);
	return value === undefined || typeof value === 'string' ? text : value;
}

/** The value of JSON; `undefined` if the text is not JSON. */
export function tryParseJson(text: string): unknown {
	try {
		return parseJson(text.replace(/^\uFEFF/, ''));
	} catch {
		return undefined;
	}
}

interface ByteStream extends AsyncIterable<Buffer> {
	destroy(): unknown;
}

function isStream(body: unknown): body is ByteStream {
	return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}
