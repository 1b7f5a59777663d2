/** The longest line that `npm start` prints. */
export const MAX_LINE_LENGTH = 100;

/**
 * `text` in lines of at most `MAX_LINE_LENGTH` characters, broken at spaces. `label` stands before the
 * first line, and as many spaces before each other line. A longer word has a line of its own.
 */
export function wrap(text: string, label = ''): string {
	const lines = text.split('\n').flatMap((line) => wrapLine(line, MAX_LINE_LENGTH - label.length));
	const indent = ' '.repeat(label.length);
	return lines.map((line, index) => `${index === 0 ? label : indent}${line}`).join('\n');
}

function wrapLine(line: string, width: number): string[] {
	const lines: string[] = [];
	let current = '';
	for (const word of line.split(' ')) {
		const longer = current === '' ? word : `${current} ${word}`;
		if (longer.length <= width || current.trim() === '') current = longer;
		else {
			lines.push(current);
			current = word;
		}
	}
	return [...lines, current];
}

/** Each line of `text`, cut to `MAX_LINE_LENGTH` characters. */
export function cutLines(text: string): string {
	return text
		.split('\n')
		.map((line) =>
			line.length <= MAX_LINE_LENGTH ? line : `${line.slice(0, MAX_LINE_LENGTH - 1)}…`,
		)
		.join('\n');
}
