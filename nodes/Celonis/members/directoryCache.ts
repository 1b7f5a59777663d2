import type { IExecuteFunctions } from 'n8n-workflow';
import type { ConnectionOptions } from '../http/connection';
import { fetchMemberDirectory } from './fetchMembers';
import type { MemberDirectory } from './directory';

/** The team behind a credential, for the time of one execution. */
export interface MemberDirectoryCache {
	/** Its members, read once however often they are asked for; a failure stays too. */
	get(options: ConnectionOptions): Promise<MemberDirectory>;
}

/** Knows nothing yet. */
export function createMemberDirectoryCache(context: IExecuteFunctions): MemberDirectoryCache {
	const read = new Map<string, Promise<MemberDirectory>>();
	return {
		get: async (options) => {
			const known = read.get(options.authentication);
			if (known) return await known;
			const members = fetchMemberDirectory(context, options);
			read.set(options.authentication, members);
			return await members;
		},
	};
}
