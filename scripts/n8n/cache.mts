import { mkdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { formatGigabytes } from './progress.mts';
import { withLock } from './lock.mts';
import { cacheFolder, formatPath } from './paths.mts';
import { SetupError } from './setupError.mts';
import { printLine } from '../printLine.mts';

/**
 * The folder `name` of the cache, which `fill` fills on first use. The folder gets its name only when
 * it is complete, so that an interrupted `fill` leaves nothing. A second process waits for the first.
 */
export async function getOrCreateCached(
	name: string,
	fill: (folder: string) => Promise<void>,
	signal?: AbortSignal,
): Promise<string> {
	const folder = join(cacheFolder, name);
	if (await exists(folder)) return folder;
	const onWait = () => printLine(`Another process is installing ${formatPath(folder)}. Waiting …`);
	await withLock(folder, async () => await create(folder, fill), { onWait, signal });
	return folder;
}

async function create(folder: string, fill: (folder: string) => Promise<void>): Promise<void> {
	if (await exists(folder)) return;
	const unfinished = `${folder}.unfinished`;
	// An interrupted run may have left it behind.
	await rm(unfinished, REMOVE);
	await mkdir(unfinished, { recursive: true });
	try {
		await fill(unfinished);
		await rename(unfinished, folder);
	} catch (error) {
		await rm(unfinished, REMOVE);
		throw error;
	}
}

const REMOVE = { recursive: true, force: true, maxRetries: 3 };

/** A `SetupError` when the disk that holds the cache has fewer than `bytes` left. */
export async function requireDiskSpace(bytes: number): Promise<void> {
	await mkdir(cacheFolder, { recursive: true });
	const { bavail, bsize } = await statfs(cacheFolder);
	if (bavail * bsize < bytes) {
		throw new SetupError(
			`.cache needs ${formatGigabytes(bytes)} of disk space, and ${formatGigabytes(bavail * bsize)} are free.`,
		);
	}
}

export async function exists(path: string): Promise<boolean> {
	return await stat(path).then(
		() => true,
		() => false,
	);
}
