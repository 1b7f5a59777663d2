import { readdir, lstat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Shows `label` with the elapsed time, and the size of `folder` if there is one, until `work` ends: on
 * a terminal in one updated line, elsewhere in a line every half minute.
 */
export async function withProgress<T>(
	label: string,
	work: Promise<T>,
	folder?: string,
): Promise<T> {
	const started = Date.now();
	const terminal = process.stdout.isTTY;
	const line = async () => {
		// For its first minutes npm only resolves dependencies.
		const bytes = folder === undefined ? 0 : await getFolderSize(folder);
		const size = bytes < 1e8 ? '' : `, ${formatGigabytes(bytes)} so far`;
		return `  ${label} … ${formatDuration(Date.now() - started)}${size}`;
	};
	let busy = false;
	let ended = false;
	const tick = async () => {
		if (busy) return;
		busy = true;
		const text = await line();
		if (ended) return;
		process.stdout.write(terminal ? `\r\x1b[K${text}` : `${text}\n`);
		busy = false;
	};
	const timer = setInterval(() => void tick(), terminal ? 2_000 : 30_000);
	try {
		const result = await work;
		ended = true;
		const done = `  ${label}: done in ${formatDuration(Date.now() - started)}`;
		process.stdout.write(`${terminal ? '\r\x1b[K' : ''}${done}\n`);
		return result;
	} catch (error) {
		ended = true;
		if (terminal) process.stdout.write('\r\x1b[K');
		throw error;
	} finally {
		clearInterval(timer);
	}
}

export function formatGigabytes(bytes: number): string {
	return `${(bytes / 1e9).toFixed(1)} GB`;
}

export function formatDuration(ms: number): string {
	const seconds = Math.round(ms / 1000);
	return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** Bytes on disk below `folder`; files that disappear meanwhile are not counted. */
async function getFolderSize(folder: string): Promise<number> {
	const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
	let total = 0;
	for (const entry of entries) {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) total += await getFolderSize(path);
		else total += (await lstat(path).catch(() => undefined))?.size ?? 0;
	}
	return total;
}
