/** The two kinds of keys that Celonis takes in the `Authorization` header, and their prefixes. */
export const KEY_PREFIX = { appKey: 'AppKey', apiKey: 'Bearer' } as const;

/** A kind of key. */
export type KeyType = keyof typeof KEY_PREFIX;

/** The key itself, however it was pasted: spaces and a prefix are dropped. */
export function normalizeKey(pastedKey: string): string {
	const key = pastedKey.trim().replace(/^(?:authorization:\s*)?(?:appkey|bearer)\s+/i, '');
	return key.trim();
}

/** The value of the `Authorization` header for a key as it was pasted. */
export function buildAuthorization(keyType: KeyType, pastedKey: string): string {
	return `${KEY_PREFIX[keyType]} ${normalizeKey(pastedKey)}`;
}
