import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What earlier starts have created in n8n, by name, so that nothing is created twice. */
export interface DemoState {
	/** `written` is a fingerprint of the values, which only n8n stores. */
	credentials: Record<string, { id: string; written: string }>;
	workflows: Record<string, { id: string }>;
	/** When the simulated team's log started to grow, ISO 8601: it continues from there after a restart. */
	simulatedSince: string;
}

export async function readDemoState(userFolder: string): Promise<DemoState> {
	const text = await readFile(getStateFile(userFolder), 'utf8').catch(() => '{}');
	const state = JSON.parse(text) as Partial<DemoState>;
	const { credentials = {}, workflows = {}, simulatedSince = new Date().toISOString() } = state;
	return { credentials, workflows, simulatedSince };
}

export async function writeDemoState(userFolder: string, state: DemoState): Promise<void> {
	await writeFile(getStateFile(userFolder), JSON.stringify(state, null, '\t') + '\n');
}

export function createFingerprint(values: object): string {
	return createHash('sha256').update(JSON.stringify(values)).digest('hex');
}

function getStateFile(userFolder: string): string {
	return join(userFolder, 'celonis-demo.json');
}
