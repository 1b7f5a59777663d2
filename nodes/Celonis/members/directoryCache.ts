import type { IExecuteFunctions } from 'n8n-workflow';
import { getCredentialType, type ConnectionOptions } from '../http/connection';
import { identifyAccount } from '../http/credentialScope';
import { fetchMemberDirectory } from './fetchMembers';
import type { MemberDirectory } from './directory';

/** The member directory of a team, cached for one execution. */
export interface MemberDirectoryCache {
	/** Fetches the directory once, however often it is requested. A failure is cached too. */
	get(options: ConnectionOptions): Promise<MemberDirectory>;
}

/** Creates an empty cache. Each account has a directory of its own. */
export function createMemberDirectoryCache(context: IExecuteFunctions): MemberDirectoryCache {
	const directories = new Map<string, Promise<MemberDirectory>>();
	return {
		get: async (options) => {
			const type = getCredentialType(options.authentication);
			const credentials = await context.getCredentials(type, options.itemIndex);
			const account = identifyAccount(credentials);
			const cached = directories.get(account);
			if (cached) return await cached;
			const directory = fetchMemberDirectory(context, options);
			directories.set(account, directory);
			return await directory;
		},
	};
}
