import { mkdir } from 'node:fs/promises';
import { run } from './command.mts';
import { SetupError, lastLines } from './setupError.mts';

/** Puts what an npm tarball holds into a folder, which is made where there is none. */
export async function unpack(tarball: string, folder: string): Promise<void> {
	await mkdir(folder, { recursive: true });
	const tar = await run(['tar', '-xzf', tarball, '-C', folder, '--strip-components=1'], {
		cwd: folder,
	});
	if (tar.code !== 0) throw new SetupError(`Unpacking failed: ${lastLines(tar.output, 1)}`);
}
