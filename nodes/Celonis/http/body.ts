import { CelonisError } from '../errors/celonisError';

/** 500 records with differences of 100 kB each are still smaller. */
const MAX_BODY_MIB = 64;

/**
 * Reads the body of an answer to its end: parsed where it is JSON, else its text. A body that is
 * too large is not read to its end, that is the fault `tooLarge`; the signal ends the reading too.
 */
export async function readBody(body: unknown, signal: AbortSignal): Promise<unknown> {
	if (!isStream(body)) return body;
	const destroy = () => void body.destroy();
	if (signal.aborted) destroy();
	signal.addEventListener('abort', destroy, { once: true });

	const chunks: Buffer[] = [];
	let bytes = 0;
	for await (const chunk of body) {
		bytes += chunk.length;
		if (bytes > MAX_BODY_MIB * 2 ** 20) {
			throw new CelonisError({ code: 'tooLarge', limit: `${MAX_BODY_MIB} MiB` });
		}
		chunks.push(chunk);
	}
	return parseBody(Buffer.concat(chunks).toString('utf8'));
}

/** JSON as its value, anything else as it is. */
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
