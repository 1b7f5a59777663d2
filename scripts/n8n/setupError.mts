/** An error that the user can fix. The message is one line that says what and how, without a stack trace. */
export class SetupError extends Error {
	override name = 'SetupError';
}

/** The last `count` non-empty lines of `text`. */
export function getLastLines(text: string, count: number): string {
	const lines = text.split('\n').filter((line) => line.trim() !== '');
	return lines.slice(-count).join('\n');
}
