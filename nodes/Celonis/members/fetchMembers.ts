import type { IExecuteFunctions, IPollFunctions } from 'n8n-workflow';
import { openConnection, type ConnectionOptions } from '../http/connection';
import { createPageNumberPaginator } from '../reading/pageNumberPaginator';
import { retryOnPageShift } from '../reading/pageShift';
import { indexMembers, parseMember, type MemberDirectory } from './directory';

const PATH = '/api/external/members';

/** Larger pages are not possible (Team API). */
const MAX_PAGE_SIZE = 200;

/** Which members to fetch. */
export interface MembersQuery {
	/** Whether to include employees of Celonis who have access to the team. */
	readonly includeInternal: boolean;
	/** Maximum number of members; all by default. */
	readonly limit?: number;
	/** The terms of errors. */
	readonly api?: 'members' | 'memberDirectory';
}

/** Fetches the members of the credential's team, as Celonis sends them. */
export async function fetchMembers(
	context: IExecuteFunctions | IPollFunctions,
	options: ConnectionOptions,
	{ includeInternal, limit = Infinity, api = 'members' }: MembersQuery,
): Promise<unknown[]> {
	const connection = await openConnection(context, api, options);
	const pages = createPageNumberPaginator(connection, {
		path: PATH,
		// Required, and true by default (Team API).
		query: { includeInternal: String(includeInternal) },
	});
	return await retryOnPageShift(async () => {
		const members: unknown[] = [];
		for await (const { records } of pages(limit < MAX_PAGE_SIZE ? { pageSize: limit } : {})) {
			for (const record of records) members.push(record);
			if (members.length >= limit) break;
		}
		return members.slice(0, limit);
	});
}

/** Fetches everybody who may appear in a log as an actor. */
export async function fetchMemberDirectory(
	context: IExecuteFunctions | IPollFunctions,
	options: ConnectionOptions,
): Promise<MemberDirectory> {
	const members = await fetchMembers(context, options, {
		includeInternal: true,
		api: 'memberDirectory',
	});
	return indexMembers(members.map(parseMember));
}
