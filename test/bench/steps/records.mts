import { createRecordGenerator } from '../../celonis/records.mts';

const RECORDS = 100_000;
const PAGE_SIZE = 500;
const START_MS = Date.parse('2025-06-15T15:06:40Z');

/** Pages of an audit log as the API sends them, as texts. */
export function createPages(): string[] {
	const makeRecord = createRecordGenerator();
	return Array.from({ length: RECORDS / PAGE_SIZE }, (_, page) => {
		const startMs = START_MS + page * PAGE_SIZE;
		const content = Array.from({ length: PAGE_SIZE }, (_, i) => makeRecord(startMs + i));
		return JSON.stringify({ content });
	});
}

/** The records of one page. */
export function parsePage(page: string): unknown[] {
	return (JSON.parse(page) as { content: unknown[] }).content;
}

/** Processor time, which other programs on the machine affect least. */
export function measureCpuMs(act: () => unknown): number {
	const before = process.cpuUsage();
	act();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1000;
}
