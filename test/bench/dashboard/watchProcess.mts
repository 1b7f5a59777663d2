import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
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

/** Clock ticks in a second, as Linux counts the processor time of processes. */
const TICKS_A_SECOND = 100;

/** The processor time of a process since its start, in seconds. Needs Linux. */
function readCpuSeconds(pid: number): number {
	const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
}

/** The memory before some work, its peaks during it, and the processor time of the process. */
export async function watchProcess<T>(
	pid: number,
	work: () => Promise<T>,
): Promise<{ result: T; before: ProcessMemory; peak: ProcessMemory; cpuSeconds: number }> {
	const cpuBefore = readCpuSeconds(pid);
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
		return { result, before, peak, cpuSeconds: readCpuSeconds(pid) - cpuBefore };
	} finally {
		isDone = true;
		await watching;
	}
}
