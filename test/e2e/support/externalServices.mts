import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

export interface ExternalServices {
	/** Settings with which n8n sends all requests to other hosts here. */
	readonly proxySettings: Record<string, string>;
	/** Requests to other hosts, such as `CONNECT team.eu-1.celonis.cloud:443`, without those to replaced hosts. All were rejected. */
	readonly requests: string[];
	/** Everything that a proxy can read: headers, and the bodies of requests without a tunnel. */
	readable(): string;
	close(): Promise<void>;
}

/**
 * A proxy that rejects and records all requests. Only the hosts in `replaced`, such as
 * `example.com:443`, can be reached: as a server at a port of this machine.
 */
export async function startExternalServices(
	replaced: Readonly<Record<string, number>> = {},
): Promise<ExternalServices> {
	const requests: string[] = [];
	let readable = '';
	const server = createServer((request, response) => {
		requests.push(`${request.method} ${request.url}`);
		readable += request.rawHeaders.join('\n');
		request.on('data', (chunk) => (readable += String(chunk)));
		request.on('end', () => response.writeHead(502).end());
	});
	server.on('connect', (request, socket) => {
		readable += request.rawHeaders.join('\n');
		const port = replaced[request.url ?? ''];
		if (port !== undefined) return tunnel(socket, port);
		requests.push(`CONNECT ${request.url}`);
		socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n', () => socket.destroy());
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const proxy = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return {
		proxySettings: {
			HTTP_PROXY: proxy,
			HTTPS_PROXY: proxy,
			NO_PROXY: '127.0.0.1,localhost',
			npm_config_fetch_retries: '0',
		},
		requests,
		readable: () => readable,
		close: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}

function tunnel(client: Duplex, port: number): void {
	const server = connect(port, '127.0.0.1', () => {
		client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
		client.pipe(server).pipe(client);
	});
	// When one side closes, the other is closed too.
	client.on('error', () => server.destroy()).on('close', () => server.destroy());
	server.on('error', () => client.destroy()).on('close', () => client.destroy());
}
