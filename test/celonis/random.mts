/** Seeded randomness: one seed, one sequence, on every machine. */
export interface Random {
	/** 0 <= x < 1 */
	fraction(): number;
	/** A whole number from `min` to `max`, both inclusive. */
	integer(min: number, max: number): number;
	/** True in this share of the calls. */
	chance(share: number): boolean;
	pick<T>(values: readonly T[]): T;
	shuffled<T>(values: readonly T[]): T[];
	hex(length: number): string;
	/** Has the form of a random UUID. */
	uuid(): string;
}

/** Mulberry32, a small generator that is good enough for test data. */
export function seededRandom(seed: number): Random {
	let state = seed >>> 0;
	const fraction = () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = state;
		mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
	const integer = (min: number, max: number) => min + Math.floor(fraction() * (max - min + 1));
	const hex = (length: number) => {
		let digits = '';
		while (digits.length < length) {
			digits += Math.floor(fraction() * 4_294_967_296)
				.toString(16)
				.padStart(8, '0');
		}
		return digits.slice(0, length);
	};

	return {
		fraction,
		integer,
		hex,
		chance: (share) => fraction() < share,
		pick: (values) => {
			if (values.length === 0) throw new Error('Nothing to pick from');
			return values[integer(0, values.length - 1)]!;
		},
		shuffled: (values) => {
			const deck = [...values];
			for (let last = deck.length - 1; last > 0; last--) {
				const other = integer(0, last);
				[deck[last], deck[other]] = [deck[other]!, deck[last]!];
			}
			return deck;
		},
		uuid: () => {
			const digits = hex(30);
			return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(12, 15)}-a${digits.slice(15, 18)}-${digits.slice(18)}`;
		},
	};
}

/** A number that depends on `seed` and `index` alone: a shuffle that new elements do not disturb. */
export function hashToNumber(seed: number, index: number): number {
	return seededRandom((seed ^ Math.imul(index + 1, 0x9e3779b1)) >>> 0).fraction();
}
