import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { SetupError } from './setupError.mts';

/** Whether `port` is free on this machine. */
export async function isFree(port: number): Promise<boolean> {
	return typeof (await listenOnce(port)) === 'number';
}

/** `preferred` if it is free, else any free port. */
export async function findFreePort(preferred = 0): Promise<number> {
	for (const port of [preferred, 0]) {
		const found = await listenOnce(port);
		if (typeof found === 'number') return found;
	}
	throw new Error('No free port on 127.0.0.1');
}

/** A `SetupError` unless n8n can listen on `port`, and browsers find it as `localhost`. */
export async function requireFreePort(port: number): Promise<void> {
	for (const host of ['127.0.0.1', '::1']) {
		const result = await listenOnce(port, host);
		if (result === 'EACCES') {
			throw new SetupError(`This user may not use port ${port}: set another N8N_PORT above 1023.`);
		}
		if (result === 'EADDRINUSE') {
			throw new SetupError(
				`Port ${port} is in use, perhaps by an n8n. Stop that, or: N8N_PORT=${suggestPort(port)} npm start`,
			);
		}
	}
}

/** Another port to try. */
export function suggestPort(port: number): number {
	return port > 60_000 ? port - 10 : port + 10;
}

/** The port, or why it cannot be used. */
async function listenOnce(port: number, host = '127.0.0.1'): Promise<number | string> {
	const server = createServer();
	try {
		server.listen(port, host);
		await once(server, 'listening');
		return (server.address() as AddressInfo).port;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code ?? 'unknown';
	} finally {
		server.close();
	}
}
