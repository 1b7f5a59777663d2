/** The schemes of the `Authorization` header, by the type of the key. */
export const KEY_PREFIX = { appKey: 'AppKey', apiKey: 'Bearer' } as const;

export type KeyType = keyof typeof KEY_PREFIX;

/** A pasted key without spaces and without a scheme in front. */
export function normalizeKey(pastedKey: string): string {
	const key = pastedKey.trim().replace(/^(?:authorization:\s*)?(?:appkey|bearer)\s+/i, '');
	return key.trim();
}

/** The value of the `Authorization` header for a pasted key. */
export function buildAuthorization(keyType: KeyType, pastedKey: string): string {
	return `${KEY_PREFIX[keyType]} ${normalizeKey(pastedKey)}`;
}
