/** Whether a value is null or undefined. */
export function isNullish(value: unknown): value is null | undefined {
	return value === undefined || value === null;
}

/** Whether a value is null, undefined, or text of nothing but spaces. */
export function isBlank(value: unknown): boolean {
	return typeof value === 'string' ? value.trim() === '' : isNullish(value);
}

/** Text without the spaces around it; `undefined` if the value is not text, or is blank. */
export function trimText(value: unknown): string | undefined {
	return (typeof value === 'string' && value.trim()) || undefined;
}

/** Trimmed text, or a number as text; `undefined` for blank text and any other value. */
export function toText(value: unknown): string | undefined {
	return typeof value === 'number' ? String(value) : trimText(value);
}
