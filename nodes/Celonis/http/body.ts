import type { ApiName } from '../errors/apis';
import { CelonisError } from '../errors/celonisError';

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

/** The value of JSON; any other text unchanged. */
export function parseBody(text: string): unknown {
	try {
		return JSON.parse(text.replace(/^\uFEFF/, ''));
	} catch {
		return text;
	}
}

interface ByteStream extends AsyncIterable<Buffer> {
	destroy(): unknown;
}

function isStream(body: unknown): body is ByteStream {
	return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}
