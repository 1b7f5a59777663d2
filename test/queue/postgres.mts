import { randomBytes } from 'node:crypto';
import { chown, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../../scripts/n8n/command.mts';
import { findFreePort } from '../../scripts/n8n/ports.mts';
import { SetupError, getLastLines } from '../../scripts/n8n/setupError.mts';
import { createTemporaryFolder } from '../e2e/support/testN8n.mts';
import type { Programs } from './debianPrograms.mts';
import { asUser, startService, type Service } from './service.mts';

export interface Postgres extends Service {
	/** n8n's settings for it. */
	readonly settings: Record<string, string>;
	/** Runs SQL. Returns one string per row: its values, separated by `|`. */
	query(sql: string): Promise<string[]>;
}

const name = 'n8n';

/** A PostgreSQL with an empty database, on 127.0.0.1, in a temporary folder. */
export async function startPostgres(programs: Programs): Promise<Postgres> {
	const { postgres, psql, postgresUser: user } = programs;
	const folder = await createTemporaryFolder();
	if (user) await chown(folder, user.uid, user.gid);
	const password = randomBytes(16).toString('hex');
	const port = String(await findFreePort());
	const data = await initialize(programs, folder, password);

	const where = ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='];
	const service = await startService([postgres, '-D', data, '-p', port, ...where], {
		cwd: folder,
		readyText: 'database system is ready to accept connections',
		stopSignal: 'SIGINT',
		user,
	});

	const query = async (sql: string, database = name) => {
		const client = [psql, '-h', '127.0.0.1', '-p', port, '-U', name, '-d', database];
		const { code, stdout, output } = await run([...client, '-X', '-qAt', '-c', sql], {
			cwd: folder,
			env: { ...process.env, PGPASSWORD: password },
		});
		if (code !== 0) throw new Error(`PostgreSQL refuses: ${getLastLines(output, 5)}`);
		return stdout.split('\n').slice(0, -1);
	};
	await query(`CREATE DATABASE ${name}`, 'postgres');
	return {
		settings: {
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: port,
			DB_POSTGRESDB_DATABASE: name,
			DB_POSTGRESDB_USER: name,
			DB_POSTGRESDB_PASSWORD: password,
		},
		query: async (sql) => await query(sql),
		stop: async () => {
			await service.stop();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

/** Returns the folder of the new database cluster. */
async function initialize(
	{ initdb, postgresUser: user }: Programs,
	folder: string,
	password: string,
): Promise<string> {
	const data = join(folder, 'data');
	const passwordFile = join(folder, 'password');
	await writeFile(passwordFile, password, { mode: 0o600 });
	if (user) await chown(passwordFile, user.uid, user.gid);
	const access = ['-U', name, '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
	const { code, output } = await run(
		['setpriv', ...asUser(user), initdb, '-D', data, ...access, '--encoding=UTF8', '--locale=C'],
		{ cwd: folder },
	);
	if (code !== 0) throw new SetupError(`initdb failed: ${getLastLines(output, 5)}`);
	await rm(passwordFile);
	return data;
}
