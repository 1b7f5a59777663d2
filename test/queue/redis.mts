import { rm } from 'node:fs/promises';
import { findFreePort } from '../../scripts/n8n/ports.mts';
import { createTemporaryFolder } from '../e2e/support/testN8n.mts';
import type { Programs } from './debianPrograms.mts';
import { startService, type Service } from './service.mts';

export interface Redis extends Service {
	/** n8n's settings for it. */
	readonly settings: Record<string, string>;
}

/** An empty Redis on 127.0.0.1 whose append-only file is in a temporary folder. */
export async function startRedis({ redis }: Programs): Promise<Redis> {
	const folder = await createTemporaryFolder();
	const port = String(await findFreePort());
	const options = ['--bind', '127.0.0.1', '--port', port, '--save', '', '--appendonly', 'yes'];
	const service = await startService([redis, ...options], {
		cwd: folder,
		readyText: 'Ready to accept connections',
		stopSignal: 'SIGTERM',
	});
	return {
		settings: {
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: port,
		},
		stop: async () => {
			await service.stop();
			await rm(folder, { recursive: true, force: true });
		},
	};
}
