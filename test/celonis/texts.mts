import type { Random } from './random.mts';

const objects = [
	'Accounts Payable',
	'Order to Cash',
	'Purchase to Pay',
	'Inventory Management',
	'Beschaffung – Größe & Maß',
	'売掛金ダッシュボード',
	'Umsatz 📈 Q3',
	'Freigaben 👩🏽‍💼',
	'Working "Capital"',
	'Forecast, v2; draft',
];

const notes = [
	'First line\nsecond line',
	'Windows line\r\nbreaks\tand tabs',
	'Done 🎉',
	'Back\\slash and / slash',
];

/** A display name: other alphabets, emoji, quotes, separators. */
export function drawDisplayName(random: Random): string {
	return random.chance(0.4)
		? `${random.pick(objects)} ${random.integer(1, 99)}`
		: random.pick(objects);
}

/** A free text, often with line breaks or emoji. */
export function drawText(random: Random): string {
	return random.pick(notes);
}

/** A key as Celonis derives it from a name: lower case and dashes. */
export function drawSlug(random: Random): string {
	return `${random.pick(['o2c', 'p2p', 'ap', 'inventory', 'agent'])}-${random.hex(6)}`;
}
