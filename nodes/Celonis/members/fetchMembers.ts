import type { IExecuteFunctions, IPollFunctions } from 'n8n-workflow';
import { inApi } from '../errors/celonisError';
import { openApi, type ApiOptions } from '../http/connection';
import { readMembers, type MembersRequest } from './api';
import { membersAmong, parseMember, type Members } from './directory';

/** Reads the members of the credential's team. What goes wrong is told as a matter of that API. */
export async function fetchMembers(
	context: IExecuteFunctions | IPollFunctions,
	options: ApiOptions,
	request: MembersRequest,
): Promise<unknown[]> {
	return await inApi(
		'members',
		async () => await readMembers(await openApi(context, 'members', options), request),
	);
}

/** Everybody whom an event may be done by, ready to be searched. */
export async function fetchActors(
	context: IExecuteFunctions | IPollFunctions,
	options: ApiOptions,
): Promise<Members> {
	const members = await fetchMembers(context, options, { includeInternal: true });
	return membersAmong(members.map(parseMember));
}
