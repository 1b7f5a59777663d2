/** The two kinds of keys that Celonis takes in the `Authorization` header, and their prefixes. */
export const KEY_PREFIX = { appKey: 'AppKey', apiKey: 'Bearer' } as const;

/** A kind of key. */
export type KeyType = keyof typeof KEY_PREFIX;

/** The value of the `Authorization` header for a key, however it was pasted: spaces and a prefix are dropped. */
export function authorizationOf(keyType: KeyType, pastedKey: string): string {
	const key = pastedKey.trim().replace(/^(?:authorization:\s*)?(?:appkey|bearer)\s+/i, '');
	return `${KEY_PREFIX[keyType]} ${key.trim()}`;
}
