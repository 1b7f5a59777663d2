import { access, constants, readdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { run } from '../../scripts/n8n/command.mts';
import { SetupError } from '../../scripts/n8n/setupError.mts';

/** Paths of the programs that queue mode needs. */
export interface Programs {
	readonly redis: string;
	readonly initdb: string;
	readonly postgres: string;
	readonly psql: string;
	/** The user of PostgreSQL, which does not run as root; undefined if this process is not root. */
	readonly postgresUser?: User;
}

export interface User {
	readonly name: string;
	readonly uid: number;
	readonly gid: number;
}

const versionsFolder = '/usr/lib/postgresql';

/** The programs from Debian's packages or from the PATH; a `SetupError` names what is missing. */
export async function findPrograms(): Promise<Programs> {
	const versions = await readdir(versionsFolder).catch(() => []);
	const newestFirst = versions.sort((a, b) => Number(b) - Number(a));
	const postgresFolders = newestFirst.map((version) => join(versionsFolder, version, 'bin'));
	const pathFolders = (process.env.PATH ?? '').split(delimiter);
	const folders = [...postgresFolders, ...pathFolders, '/usr/bin'];
	return {
		redis: await find('redis-server', folders),
		initdb: await find('initdb', folders),
		postgres: await find('postgres', folders),
		psql: await find('psql', folders),
		...(process.getuid?.() === 0 ? { postgresUser: await user('postgres') } : {}),
	};
}

async function find(program: string, folders: string[]): Promise<string> {
	for (const folder of folders) {
		const path = join(folder, program);
		if (await isRunnable(path)) return path;
	}
	throw createMissingError(`There is no ${program}.`);
}

async function isRunnable(path: string): Promise<boolean> {
	return await access(path, constants.X_OK).then(
		() => true,
		() => false,
	);
}

async function user(name: string): Promise<User> {
	const id = async (flag: string) => {
		const { code, stdout } = await run(['id', flag, name], { cwd: '/' });
		if (code !== 0)
			throw createMissingError(`PostgreSQL does not run as root, and there is no user ${name}.`);
		return Number(stdout);
	};
	return { name, uid: await id('-u'), gid: await id('-g') };
}

function createMissingError(what: string): SetupError {
	return new SetupError(
		`${what} Queue mode needs Redis and PostgreSQL. On Debian, as root: apt-get install redis-server postgresql`,
	);
}
