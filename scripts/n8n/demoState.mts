import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What earlier starts have put into n8n, by name: so that a later one repeats nothing. */
export interface DemoState {
	/** `written` is a fingerprint of the values; the values themselves are n8n's to keep. */
	credentials: Record<string, { id: string; written: string }>;
	workflows: Record<string, { id: string }>;
	/** When the simulated team's log began to grow, ISO 8601: it goes on from there after a restart. */
	simulatedSince: string;
}

export async function readDemoState(userFolder: string): Promise<DemoState> {
	const text = await readFile(file(userFolder), 'utf8').catch(() => '{}');
	const state = JSON.parse(text) as Partial<DemoState>;
	const { credentials = {}, workflows = {}, simulatedSince = new Date().toISOString() } = state;
	return { credentials, workflows, simulatedSince };
}

export async function writeDemoState(userFolder: string, state: DemoState): Promise<void> {
	await writeFile(file(userFolder), JSON.stringify(state, null, '\t') + '\n');
}

export function fingerprint(values: object): string {
	return createHash('sha256').update(JSON.stringify(values)).digest('hex');
}

function file(userFolder: string): string {
	return join(userFolder, 'celonis-demo.json');
}
