import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import type { Json } from '../e2e/support/executions.mts';

/** The system that a workflow sends its events to. */
export interface Receiver {
	readonly url: string;
	/** All that came in, in order, also what came twice. */
	readonly events: Json[];
	close(): Promise<void>;
}

/** A server that takes lists of events by POST, and takes a while for each. */
export async function startReceiver(answersAfterMs: number): Promise<Receiver> {
	const events: Json[] = [];
	const server = createServer((request, response) => {
		void (async () => {
			const batch = (await json(request)) as Json[];
			events.push(...batch);
			await delay(answersAfterMs);
			response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
			// One that was killed while it sent: what came of it is not a list.
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
