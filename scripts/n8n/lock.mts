import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** A lock on this machine. It ends with its process, however that ends. */
export interface Lock {
	release(): Promise<void>;
}

export interface LockOptions {
	/** Called once if another process holds the lock. */
	onWait?: () => void;
	signal?: AbortSignal;
}

/**
 * Takes the lock `name`, or returns `undefined` if another process holds it. The lock is a socket, which
 * the operating system closes with its process: a file would outlive a killed process.
 */
export async function tryLock(name: string): Promise<Lock | undefined> {
	const address = getAddress(name);
	const server = (await listen(address)) ?? (await replaceAbandoned(address));
	if (server === undefined) return undefined;
	server.unref();
	return {
		release: async () => {
			server.close();
			await once(server, 'close');
		},
	};
}

/** Does `work` while holding the lock `name`; waits as long as another process holds it. */
export async function withLock<T>(
	name: string,
	work: () => Promise<T>,
	{ onWait, signal }: LockOptions = {},
): Promise<T> {
	let lock = await tryLock(name);
	if (lock === undefined) onWait?.();
	while (lock === undefined) {
		await delay(RETRY_MS, undefined, { signal });
		lock = await tryLock(name);
	}
	try {
		return await work();
	} finally {
		await lock.release();
	}
}

const RETRY_MS = 200;

/** Linux and Windows have socket names without files. */
function getAddress(name: string): string {
	const id = `n8n-nodes-celonis-${createHash('sha256').update(name).digest('hex').slice(0, 32)}`;
	if (process.platform === 'linux') return `\0${id}`;
	if (process.platform === 'win32') return `\\\\.\\pipe\\${id}`;
	return join(tmpdir(), `${id}.sock`);
}

async function listen(address: string): Promise<Server | undefined> {
	const server = createServer((socket) => socket.destroy());
	server.listen(address);
	try {
		await once(server, 'listening');
		return server;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return undefined;
		throw error;
	}
}

/** Takes over the socket file of a process that was killed. */
async function replaceAbandoned(address: string): Promise<Server | undefined> {
	if (!address.endsWith('.sock')) return undefined;
	const socket = connect(address);
	const isHeld = await once(socket, 'connect').then(
		() => true,
		() => false,
	);
	socket.destroy();
	if (isHeld) return undefined;
	await rm(address, { force: true });
	return await listen(address);
}
