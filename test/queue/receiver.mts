import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import type { Json } from '../e2e/support/executions.mts';

/** The system to which a workflow sends its events. */
export interface Receiver {
	readonly url: string;
	/** All received events in order, duplicates included. */
	readonly events: Json[];
	close(): Promise<void>;
}

/** A server that accepts lists of events by POST, with some latency. */
export async function startReceiver(answersAfterMs: number): Promise<Receiver> {
	const events: Json[] = [];
	const server = createServer((request, response) => {
		void (async () => {
			const batch = (await json(request)) as Json[];
			events.push(...batch);
			await delay(answersAfterMs);
			response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
			// A worker that was killed while it sent: the body is incomplete.
		})().catch(() => response.destroy());
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`,
		events,
		close: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}
