import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generate } from 'selfsigned';
import type { LogAddress } from '../job.mts';

/** What the process of the server is told first. */
export interface ServerSettings {
	/** PEM. */
	readonly key: string;
	/** PEM. */
	readonly certificate: string;
	/** The port of the simulator, which has no TLS. */
	readonly port: number;
}

export type DistanceCommand =
	/** From now on, new connections have this round trip. */
	| { readonly ask: 'roundTrip'; readonly ms: number }
	/** How many connections were opened so far. */
	| { readonly ask: 'connections' };

/** A team behind TLS and a long wire. */
export interface DistantTeam {
	/** The same log, at the other end of the wire. */
	readonly log: LogAddress;
	setRoundTrip(ms: number): Promise<void>;
	countConnections(): Promise<number>;
	close(): Promise<void>;
}

const HOST = '127.0.0.1';

/** Puts a team that runs without TLS at a distance. Its certificate is made for this run. */
export async function startDistantTeam(node: string, log: LogAddress): Promise<DistantTeam> {
	const pem = await generate([{ name: 'commonName', value: HOST }], {
		keyType: 'ec',
		extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: HOST }] }],
	});
	const folder = await mkdtemp(join(tmpdir(), 'celonis-bench-'));
	const certificate = join(folder, 'certificate.pem');
	await writeFile(certificate, pem.cert);
	const path = fileURLToPath(new URL('server.mts', import.meta.url));
	const child = fork(path, [], { execPath: node, execArgv: ['--import', 'tsx'] });
	const ended = once(child, 'exit').then(() => {
		throw new Error('The server with TLS ended');
	});
	ended.catch(() => undefined);
	const tell = async (message: DistanceCommand | ServerSettings) => {
		const answer = Promise.race([once(child, 'message'), ended]);
		child.send(message);
		const [{ answer: value }] = (await answer) as [{ answer: number }];
		return value;
	};
	const settings = { key: pem.private, certificate: pem.cert, port: Number(new URL(log.url).port) };
	const port = await tell(settings);
	return {
		log: { ...log, url: `https://${HOST}:${port}`, certificate },
		setRoundTrip: async (ms) => void (await tell({ ask: 'roundTrip', ms })),
		countConnections: async () => await tell({ ask: 'connections' }),
		close: async () => {
			child.disconnect();
			await rm(folder, { recursive: true, force: true });
		},
	};
}
