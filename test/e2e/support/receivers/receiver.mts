import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A received request. */
export interface Delivery {
	method: string;
	/** Path and query. */
	path: string;
	headers: IncomingHttpHeaders;
	body: string;
}

export interface Reply {
	status: number;
	/** An object is sent as JSON, a text as it is. */
	body: object | string;
}

/** A server to which workflows send events. */
export interface Receiver {
	/** Origin, as in `http://127.0.0.1:41234`. */
	readonly url: string;
	/** The reply to each delivery, in order. */
	readonly replies: Reply[];
	close(): Promise<void>;
}

/** Starts a server on this machine that replies to each delivery with the result of `accept`. */
export async function startReceiver(accept: (delivery: Delivery) => Reply): Promise<Receiver> {
	const replies: Reply[] = [];
	const server = createServer(async (request, response) => {
		const { method = '', url: path = '', headers } = request;
		const reply = accept({ method, path, headers, body: await readBody(request) });
		replies.push(reply);
		const isText = typeof reply.body === 'string';
		response.writeHead(reply.status, {
			'content-type': isText ? 'text/plain; charset=utf-8' : 'application/json',
		});
		response.end(isText ? reply.body : JSON.stringify(reply.body));
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		replies,
		close: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}

async function readBody(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString('utf8');
}
