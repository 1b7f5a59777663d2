/** Texts of fewer characters say nothing, and are everywhere. */
const MIN_LENGTH = 4;

/** All texts and numbers in some JSON values, however deep, and the keys that are data. */
export function collectValues(
	values: readonly unknown[],
	isData: (key: string) => boolean,
): string[] {
	const found = new Set<string>();
	const collect = (value: unknown): void => {
		if (typeof value === 'string' || typeof value === 'number') found.add(String(value));
		else if (Array.isArray(value)) value.forEach(collect);
		else if (typeof value === 'object' && value !== null) {
			for (const [key, inner] of Object.entries(value)) {
				if (isData(key)) found.add(key);
				collect(inner);
			}
		}
	};
	values.forEach(collect);
	return [...found].filter((text) => text.length >= MIN_LENGTH);
}

/** The values that are in a text. */
export function findLeaks(text: string, values: readonly string[]): string[] {
	return values.filter(
		(value) => text.includes(value) || text.includes(JSON.stringify(value).slice(1, -1)),
	);
}
