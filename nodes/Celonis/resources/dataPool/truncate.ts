/** The mark at the end of a truncated text. Columns that are too short for it get a shorter one, or none. */
export const TRUNCATION_MARK = '… [truncated]';

const MARKS = [TRUNCATION_MARK, '…'];

/** The longest beginning of a text that fits into so many bytes of UTF-8, mark included. */
export function truncateText(text: string, maxBytes: number): string {
	if (Buffer.byteLength(text) <= maxBytes) return text;
	const mark = MARKS.find((each) => 2 * Buffer.byteLength(each) <= maxBytes) ?? '';
	// A UTF-16 unit has at least one byte.
	const bytes = Buffer.from(text.slice(0, maxBytes));
	let end = maxBytes - Buffer.byteLength(mark);
	while (end > 0 && isContinuationByte(bytes[end])) end--;
	return bytes.toString('utf8', 0, end) + mark;
}

function isContinuationByte(byte: number | undefined): boolean {
	return byte !== undefined && (byte & 0xc0) === 0x80;
}
