/** A text as HTML: whatever it contains, it is shown and never interpreted. */
const escapeHtml = (value) =>
	String(value ?? '').replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

// Line breaks, control characters and changes of the writing direction: with these, a name looks like another.
const NOT_IN_A_LINE = /[\s\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu;

/** A text on one line. One that is very long is cut, but not between the two halves of a character. */
const toLine = (value, maxLength = 300) => {
	const text = String(value ?? '');
	const start = text.slice(0, maxLength).replace(NOT_IN_A_LINE, ' ');
	return text.length > maxLength ? `${start.replace(/[\ud800-\udbff]$/, '')}…` : start;
};

/** A text of a table cell. */
const toCell = (value, maxLength) => escapeHtml(toLine(value, maxLength));

const formatNumber = (number) => number.toLocaleString('en-US');

/** `1 event`, `2 events`. */
const formatCount = (count, noun) => `${formatNumber(count)} ${noun}${count === 1 ? '' : 's'}`;
