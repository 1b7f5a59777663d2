import { mkdir, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { formatGigabytes } from './progress.mts';
import { SetupError } from './setupError.mts';
import { cacheFolder } from './paths.mts';

/**
 * The folder `name` of the cache, which `fill` fills on first use. The folder gets its name only when
 * it is complete, so that an interrupted `fill` leaves nothing.
 */
export async function getOrCreateCached(
	name: string,
	fill: (folder: string) => Promise<void>,
): Promise<string> {
	const folder = join(cacheFolder, name);
	if (await exists(folder)) return folder;
	await mkdir(cacheFolder, { recursive: true });
	await removeAbandoned(name);
	const unfinished = `${folder}${UNFINISHED_SUFFIX}${process.pid}`;
	await mkdir(unfinished);
	try {
		await fill(unfinished);
		await rename(unfinished, folder);
	} catch (error) {
		await rm(unfinished, { recursive: true, force: true, maxRetries: 3 });
		if (!(await exists(folder))) throw error;
	}
	return folder;
}

/** A `SetupError` when the disk that holds the cache has fewer than `bytes` left. */
export async function requireDiskSpace(bytes: number): Promise<void> {
	await mkdir(cacheFolder, { recursive: true });
	const { bavail, bsize } = await statfs(cacheFolder);
	if (bavail * bsize < bytes) {
		throw new SetupError(
			`Not enough disk space for the folder .cache: ${formatGigabytes(bytes)} needed, ${formatGigabytes(bavail * bsize)} free.`,
		);
	}
}

export async function exists(path: string): Promise<boolean> {
	return await stat(path).then(
		() => true,
		() => false,
	);
}

const UNFINISHED_SUFFIX = '.unfinished-';

/** Removes what interrupted runs left behind. */
async function removeAbandoned(name: string): Promise<void> {
	for (const entry of await readdir(cacheFolder)) {
		const [owner, pid] = entry.split(UNFINISHED_SUFFIX);
		if (owner !== name || pid === undefined || isRunning(Number(pid))) continue;
		await rm(join(cacheFolder, entry), { recursive: true, force: true, maxRetries: 3 });
	}
}

function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}
