/** A text as HTML: whatever it contains, it is shown and never interpreted. */
const escapeHtml = (value) =>
	String(value ?? '').replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** A text of a table cell: one that is very long is cut. */
const toCell = (value, maxLength = 300) => {
	const text = String(value ?? '');
	return escapeHtml(text.length > maxLength ? `${text.slice(0, maxLength)}…` : text);
};

const formatNumber = (number) => number.toLocaleString('en-US');

/** `1 event`, `2 events`. */
const formatCount = (count, noun) => `${formatNumber(count)} ${noun}${count === 1 ? '' : 's'}`;
