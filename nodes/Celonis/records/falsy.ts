import { isBlank } from './text';

/**
 * Whether a JSON value is falsy: null, false, 0, a blank text, or a list or an object with no other
 * elements than these.
 */
export function isFalsy(value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return isFalsyPrimitive(value);
	return Object.values(value).every(isFalsyPrimitive);
}

function isFalsyPrimitive(value: unknown): boolean {
	return isBlank(value) || value === false || value === 0;
}
