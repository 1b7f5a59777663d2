/** More texts are forgotten: a log with ever new values must not fill the memory. */
const MAX_CACHED = 10_000;
const MAX_CACHED_LENGTH = 200;

/** A function of a text that remembers its results. Users, addresses and events recur in a log. */
export function memoizeByText<T>(compute: (text: string) => T): (text: string) => T {
	const results = new Map<string, T>();
	return (text) => {
		if (text.length > MAX_CACHED_LENGTH) return compute(text);
		const cached = results.get(text);
		if (cached !== undefined || results.has(text)) return cached as T;
		if (results.size >= MAX_CACHED) results.clear();
		const result = compute(text);
		results.set(text, result);
		return result;
	};
}
