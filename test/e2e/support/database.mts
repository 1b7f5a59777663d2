import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readPrepared } from './prepared.mts';

/** Runs in the Node.js of n8n, which has SQLite built in. */
const SET_VERSION = `
	const { DatabaseSync } = require('node:sqlite');
	const [, path, version] = process.argv;
	const database = new DatabaseSync(path);
	const change = (table, column) => {
		const exists = database.prepare("SELECT 1 FROM sqlite_master WHERE name = ?").get(table);
		if (!exists) return;
		for (const row of database.prepare(\`SELECT rowid AS id, \${column} AS json FROM \${table}\`).all()) {
			const json = (row.json ?? '').replace(/("cursor":\\{"v":)\\d+/g, '$1' + version);
			database.prepare(\`UPDATE \${table} SET \${column} = ? WHERE rowid = ?\`).run(json || null, row.id);
		}
	};
	change('workflow_entity', 'staticData');
	change('poller_state', 'cursor');
	database.close();
`;

/** Changes the version of all saved positions in the database of an n8n that is stopped. */
export async function setPositionVersion(userFolder: string, version: number): Promise<void> {
	const { node } = readPrepared().install;
	const path = join(userFolder, '.n8n', 'database.sqlite');
	await promisify(execFile)(node, ['-e', SET_VERSION, path, String(version)]);
}
