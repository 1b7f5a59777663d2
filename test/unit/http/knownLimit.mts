import type { KnownLimit } from '../../../nodes/Celonis/http/adaptiveLimit';

/** So many parallel requests have just begun to work. */
export function createKnownLimit(limit: number): KnownLimit {
	return { limit, responses: 0, durationMs: 0 };
}
