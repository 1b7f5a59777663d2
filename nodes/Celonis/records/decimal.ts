/** A number in decimal: its digits, without zeros at either end, times a power of ten. */
interface Decimal {
	readonly sign: string;
	/** Empty for zero. */
	readonly digits: string;
	readonly exponent: number;
}

const MAX_EXACT_DIGITS = 15;

/** A number as JSON and JavaScript write it. */
const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i;

/**
 * Whether a JavaScript number keeps every digit of a JSON number: written again, it has the same
 * value. `9007199254740993` and `1e400` are not kept, `0.1` and `1.50` are.
 */
export function isExactNumber(text: string): boolean {
	if (text.length <= MAX_EXACT_DIGITS && !/e/i.test(text)) return true;
	const number = Number(text);
	if (!Number.isFinite(number)) return false;
	const written = parseDecimal(String(number));
	const { sign, digits, exponent } = parseDecimal(text);
	if (digits === '') return true;
	return sign === written.sign && digits === written.digits && exponent === written.exponent;
}

/** A finite number without an exponent: `1e21` is 1 and 21 zeros. */
export function formatDecimal(number: number): string {
	const text = String(number);
	if (!text.includes('e')) return text;
	const { sign, digits, exponent } = parseDecimal(text);
	if (exponent >= 0) return sign + digits + '0'.repeat(exponent);
	const point = digits.length + exponent;
	return point > 0
		? `${sign}${digits.slice(0, point)}.${digits.slice(point)}`
		: `${sign}0.${'0'.repeat(-point)}${digits}`;
}

/** Removes the zeros at the end. A regular expression would take quadratic time. */
export function trimTrailingZeros(digits: string): string {
	let end = digits.length;
	while (digits[end - 1] === '0') end--;
	return digits.slice(0, end);
}

function parseDecimal(text: string): Decimal {
	const [, sign = '', integer = '', fraction = '', exponent = '0'] = NUMBER.exec(text) ?? [];
	const all = (integer + fraction).replace(/^0+/, '');
	const digits = trimTrailingZeros(all);
	const zeros = all.length - digits.length;
	return { sign, digits, exponent: Number(exponent) - fraction.length + zeros };
}
