import { mkdir, realpath, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toSetupError } from './setupError.mts';

/** Creates a folder if necessary, and returns its real path; a `SetupError` if it is not writable. */
export async function provideWritableFolder(folder: string): Promise<string> {
	const probe = join(folder, `.probe-${process.pid}`);
	try {
		await mkdir(folder, { recursive: true });
		await writeFile(probe, 'x');
		await rm(probe);
	} catch (error) {
		throw toSetupError(error instanceof Error ? Object.assign(error, { path: folder }) : error);
	}
	return await realpath(folder);
}
