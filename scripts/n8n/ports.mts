import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { SetupError } from './setupError.mts';

/** Linux gives ports from 32 768 on its own, other systems from 49 152. */
const HIGHEST_PORT = 32_767;
const LOWEST_PORT = 10_000;

/** Where a server can be reached as `localhost`. */
const LOCAL_HOSTS = ['127.0.0.1', '::1'];

/** Whether `port` is free on this machine. */
export async function isFree(port: number): Promise<boolean> {
	for (const host of LOCAL_HOSTS) {
		const refusal = await findRefusal(port, host);
		if (refusal === 'EADDRINUSE' || refusal === 'EACCES') return false;
	}
	return true;
}

/**
 * `preferred` if it is free, else any free port. Such a port stays free until it is used: no system
 * gives ports of this range to those who ask for any port.
 */
export async function findFreePort(preferred?: number): Promise<number> {
	const random = Array.from({ length: 100 }, () => randomInt(LOWEST_PORT, HIGHEST_PORT + 1));
	for (const port of preferred === undefined ? random : [preferred, ...random]) {
		if (await isFree(port)) return port;
	}
	throw new Error(`No free port from ${LOWEST_PORT} to ${HIGHEST_PORT}`);
}

/** A `SetupError` unless n8n can listen on `port`, and browsers find it as `localhost`. */
export async function requireFreePort(port: number): Promise<void> {
	for (const host of LOCAL_HOSTS) {
		const refusal = await findRefusal(port, host);
		if (refusal === 'EACCES') {
			throw new SetupError(`This user may not use port ${port}: set another N8N_PORT above 1023.`);
		}
		if (refusal === 'EADDRINUSE') {
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

/** Why a server cannot listen on the port: an error code, or nothing if it can. */
async function findRefusal(port: number, host: string): Promise<string | undefined> {
	const server = createServer();
	try {
		server.listen(port, host);
		await once(server, 'listening');
		return undefined;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code ?? 'unknown';
	} finally {
		server.close();
	}
}
