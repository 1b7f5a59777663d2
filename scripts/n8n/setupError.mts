/** Something the user can put right. The message is one line that says what and how; no stack trace is shown. */
export class SetupError extends Error {
	override name = 'SetupError';
}

/** The last `count` lines of `text` that say something. */
export function lastLines(text: string, count: number): string {
	const lines = text.split('\n').filter((line) => line.trim() !== '');
	return lines.slice(-count).join('\n');
}
