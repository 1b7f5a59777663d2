import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { installCommunityPackage } from '../../scripts/n8n/communityPackage.mts';
import { startN8n, type N8nProcess, type Role } from '../../scripts/n8n/n8nProcess.mts';
import { demoLogin, signInAsOwner } from '../../scripts/n8n/owner.mts';
import { findFreePort } from '../../scripts/n8n/ports.mts';
import { RestClient } from '../../scripts/n8n/rest.mts';
import { readPrepared } from '../e2e/support/prepared.mts';
import { createTemporaryFolder } from '../e2e/support/testN8n.mts';
import { findPrograms } from './debianPrograms.mts';
import { startPostgres, type Postgres } from './postgres.mts';
import { startRedis } from './redis.mts';

/** An n8n in queue mode: one main process, workers, PostgreSQL and Redis. */
export interface Cluster {
	readonly api: RestClient;
	readonly database: Postgres;
	/** The running workers. */
	readonly workers: ReadonlySet<N8nProcess>;
	addWorker(): Promise<void>;
	/** Kills a worker immediately. */
	kill(worker: N8nProcess): Promise<void>;
	close(): Promise<void>;
}

/** Starts a new n8n with this package in all of its processes, signed in as its owner. */
export async function startCluster(
	workerCount: number,
	settings: Record<string, string>,
): Promise<Cluster> {
	const programs = await findPrograms();
	const stops: Array<() => Promise<void>> = [];
	const close = async () => {
		for (const stop of stops.splice(0).reverse()) await stop();
	};
	try {
		const folder = await createTemporaryFolder();
		stops.push(async () => await rm(folder, { recursive: true, force: true }));
		const database = await startPostgres(programs);
		stops.push(database.stop);
		const redis = await startRedis(programs);
		stops.push(redis.stop);
		const extra = {
			...database.settings,
			...redis.settings,
			EXECUTIONS_MODE: 'queue',
			N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
			...settings,
		};
		let started = 0;
		const start = async (role: Role): Promise<N8nProcess> => {
			const { install, packed } = readPrepared();
			const userFolder = join(folder, `${role}-${(started += 1)}`);
			await installCommunityPackage(userFolder, packed);
			const n8n = await startN8n({ install, userFolder, port: await findFreePort(), role, extra });
			stops.push(n8n.stop);
			return n8n;
		};

		const main = await start('main');
		const workers = new Set<N8nProcess>();
		const addWorker = async () => void workers.add(await start('worker'));
		for (let count = 0; count < workerCount; count++) await addWorker();
		const api = new RestClient(main.url);
		if (!(await signInAsOwner(api, demoLogin))) throw new Error('A fresh n8n has an owner');
		return {
			api,
			database,
			workers,
			addWorker,
			kill: async (worker) => {
				workers.delete(worker);
				await worker.kill();
			},
			close,
		};
	} catch (error) {
		await close();
		throw error;
	}
}
