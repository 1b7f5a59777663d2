import { createHash } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exists } from './cache.mts';
import { formatPath } from './paths.mts';
import { SetupError } from './setupError.mts';

/** What earlier starts have created in n8n, by name, so that nothing is created twice. */
export interface DemoState {
	/** `written` is a fingerprint of the values, which only n8n stores. */
	credentials: Record<string, { id: string; written: string }>;
	workflows: Record<string, { id: string }>;
	/** When the simulated team's log started to grow, ISO 8601: it continues from there after a restart. */
	simulatedSince: string;
}

export async function readDemoState(userFolder: string): Promise<DemoState> {
	const file = getStateFile(userFolder);
	if (!(await exists(file))) return createState({});
	try {
		return createState(JSON.parse(await readFile(file, 'utf8')) as Partial<DemoState>);
	} catch (error) {
		if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
		throw new SetupError(
			`${formatPath(file)} is damaged. Delete it, or choose another N8N_DEMO_HOME.`,
		);
	}
}

function createState(state: Partial<DemoState>): DemoState {
	const { credentials = {}, workflows = {}, simulatedSince = new Date().toISOString() } = state;
	return { credentials, workflows, simulatedSince };
}

/** Writes the whole file or nothing. */
export async function writeDemoState(userFolder: string, state: DemoState): Promise<void> {
	const file = getStateFile(userFolder);
	await writeFile(`${file}.new`, JSON.stringify(state, null, '\t') + '\n');
	await rename(`${file}.new`, file);
}

export function createFingerprint(values: object): string {
	return createHash('sha256').update(JSON.stringify(values)).digest('hex');
}

function getStateFile(userFolder: string): string {
	return join(userFolder, 'celonis-demo.json');
}
