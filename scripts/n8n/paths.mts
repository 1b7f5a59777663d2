import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this package. */
export const packageRoot = fileURLToPath(new URL('../..', import.meta.url));

/** Everything that `npm start` and the end-to-end tests download or generate; git ignores it. */
export const cacheFolder = join(packageRoot, '.cache');

/** `path` for display: relative to the package if it is inside. */
export function formatPath(path: string): string {
	return path.startsWith(packageRoot) ? path.slice(packageRoot.length) : path;
}
