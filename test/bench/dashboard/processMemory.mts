import { execFile } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const INTERVAL_MS = 50;

/** Resident memory in bytes: of a process, and of those that it has started. */
export interface ProcessMemory {
	readonly main: number;
	readonly children: number;
}

/** Reads the memory of a process and of its children. Needs `ps`. */
async function readMemory(pid: number): Promise<ProcessMemory> {
	const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid=,rss=']);
	const rows = stdout
		.trim()
		.split('\n')
		.map((line) => line.trim().split(/\s+/).map(Number) as [number, number, number]);
	const sum = (select: (row: [number, number, number]) => boolean) =>
		rows.filter(select).reduce((total, [, , kilobytes]) => total + kilobytes * 1024, 0);
	return { main: sum(([id]) => id === pid), children: sum(([, parent]) => parent === pid) };
}

/** The memory before some work, and its peaks during it. */
export async function watchMemory<T>(
	pid: number,
	work: () => Promise<T>,
): Promise<{ result: T; before: ProcessMemory; peak: ProcessMemory }> {
	const before = await readMemory(pid);
	let peak = before;
	let isDone = false;
	const watching = (async () => {
		while (!isDone) {
			const { main, children } = await readMemory(pid);
			peak = {
				main: Math.max(peak.main, main),
				children: Math.max(peak.children, children),
			};
			await delay(INTERVAL_MS);
		}
	})();
	try {
		const result = await work();
		isDone = true;
		await watching;
		return { result, before, peak };
	} finally {
		isDone = true;
		await watching;
	}
}
