import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

/** Whether `port` is free on this machine. */
export async function isFree(port: number): Promise<boolean> {
	return (await listenOnce(port)) !== undefined;
}

/** `preferred` if it is free, else any free port. */
export async function findFreePort(preferred = 0): Promise<number> {
	const port = (await listenOnce(preferred)) ?? (await listenOnce(0));
	if (port === undefined) throw new Error('No free port on 127.0.0.1');
	return port;
}

async function listenOnce(port: number): Promise<number | undefined> {
	const server = createServer();
	try {
		server.listen(port, '127.0.0.1');
		await once(server, 'listening');
		return (server.address() as AddressInfo).port;
	} catch {
		return undefined;
	} finally {
		server.close();
	}
}
