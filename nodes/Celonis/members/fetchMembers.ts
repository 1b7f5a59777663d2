import type { IExecuteFunctions, IPollFunctions } from 'n8n-workflow';
import { inApi } from '../errors/celonisError';
import { openConnection, type ConnectionOptions } from '../http/connection';
import { listMembers, type MembersRequest } from './api';
import { indexMembers, parseMember, type MemberDirectory } from './directory';

/** Reads the members of the credential's team. What goes wrong is told as a matter of that API. */
export async function fetchMembers(
	context: IExecuteFunctions | IPollFunctions,
	options: ConnectionOptions,
	request: MembersRequest,
): Promise<unknown[]> {
	return await inApi(
		'members',
		async () => await listMembers(await openConnection(context, 'members', options), request),
	);
}

/** Everybody whom an event may be done by, ready to be searched. */
export async function fetchMemberDirectory(
	context: IExecuteFunctions | IPollFunctions,
	options: ConnectionOptions,
): Promise<MemberDirectory> {
	const members = await fetchMembers(context, options, { includeInternal: true });
	return indexMembers(members.map(parseMember));
}
