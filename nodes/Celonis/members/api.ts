import { retryOnPageShift } from '../reading/readWindow';
import { createPageNumberPaginator } from '../reading/pageNumberPaginator';
import type { SendRequest } from '../http/request';

const PATH = '/api/external/members';

/** Which members to read. */
export interface MembersRequest {
	/** Also those who belong to Celonis itself. */
	readonly includeInternal: boolean;
	/** How many, at the most. */
	readonly limit?: number;
}

/** Reads the members of the team, as Celonis sends them. */
export async function listMembers(
	send: SendRequest,
	{ includeInternal, limit = Infinity }: MembersRequest,
): Promise<unknown[]> {
	const pages = createPageNumberPaginator(send, {
		path: PATH,
		query: { includeInternal: includeInternal ? 'true' : undefined },
	});
	return await retryOnPageShift(async () => {
		const members: unknown[] = [];
		for await (const { records } of pages()) {
			members.push(...records);
			if (members.length >= limit) break;
		}
		return members.slice(0, limit);
	});
}
