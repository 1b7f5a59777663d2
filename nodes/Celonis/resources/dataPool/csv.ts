/** One line of CSV, as RFC 4180 has it; `undefined` is a field without anything in it. */
export function formatCsvLine(fields: ReadonlyArray<string | undefined>): string {
	return `${fields.map(formatCsvField).join(',')}\r\n`;
}

/** Everything that is a text is quoted where it has to be, and where it would be nothing at all. */
function formatCsvField(text: string | undefined): string {
	if (text === undefined) return '';
	return text === '' || /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}
