import { mkdir } from 'node:fs/promises';
import { run } from './command.mts';
import { SetupError, getLastLines } from './setupError.mts';

/** Unpacks an npm tarball into a folder, which is created if necessary. */
export async function unpack(tarball: string, folder: string): Promise<void> {
	await mkdir(folder, { recursive: true });
	const tar = await run(['tar', '-xzf', tarball, '-C', folder, '--strip-components=1'], {
		cwd: folder,
	});
	if (tar.code !== 0) throw new SetupError(`Unpacking failed: ${getLastLines(tar.output, 1)}`);
}
