/**
 * A team at a distance, in a process of its own: TLS in front of the simulator, behind a wire on which
 * bytes take half a round trip each way. A new connection takes three round trips up to the response:
 * one for TCP, one for TLS 1.3, and one for the request. Bandwidth is unlimited, and there is no slow
 * start.
 */
import { once } from 'node:events';
import { connect, createServer as createTcpServer, type AddressInfo, type Server } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { delayBytes } from './delayLine.mts';
import type { DistanceCommand, ServerSettings } from './team.mts';

const HOST = '127.0.0.1';

let roundTripMs = 0;
let connections = 0;

async function listen(server: Server): Promise<number> {
	server.listen(0, HOST);
	await once(server, 'listening');
	return (server.address() as AddressInfo).port;
}

const [{ key, certificate, port }] = (await once(process, 'message')) as [ServerSettings];

const tlsServer = createTlsServer({ key, cert: certificate, minVersion: 'TLSv1.3' }, (client) => {
	const simulator = connect(port, HOST).setNoDelay();
	client.setNoDelay().pipe(simulator).pipe(client);
	client.on('error', () => simulator.destroy());
	simulator.on('error', () => client.destroy());
});
const tlsPort = await listen(tlsServer);

const wire = createTcpServer({ allowHalfOpen: true, noDelay: true }, (client) => {
	connections++;
	const server = connect({ port: tlsPort, host: HOST, allowHalfOpen: true }).setNoDelay();
	const acceptedAtMs = performance.now();
	// The kernel has accepted at once: what the client sends could not have left before a round trip.
	delayBytes(client, server, roundTripMs / 2, acceptedAtMs + roundTripMs);
	delayBytes(server, client, roundTripMs / 2, acceptedAtMs);
});
const publicPort = await listen(wire);

process.on('message', (command: DistanceCommand) => {
	if (command.ask === 'roundTrip') roundTripMs = command.ms;
	process.send?.({ answer: connections });
});
process.on('disconnect', () => process.exit());
process.send?.({ answer: publicPort });
