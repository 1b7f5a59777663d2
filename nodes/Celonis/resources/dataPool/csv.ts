/** Formats one line of CSV by RFC 4180. `undefined` is a field without content. */
export function formatCsvLine(fields: ReadonlyArray<string | undefined>): string {
	return `${fields.map(formatCsvField).join(',')}\r\n`;
}

/** Quotes text if necessary. Empty text is quoted too, to distinguish it from a missing value. */
function formatCsvField(text: string | undefined): string {
	if (text === undefined) return '';
	return text === '' || /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}
