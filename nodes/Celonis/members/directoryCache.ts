import type { IExecuteFunctions } from 'n8n-workflow';
import type { ApiOptions } from '../http/connection';
import { fetchActors } from './fetchMembers';
import type { Members } from './directory';

/** The team behind a credential, for the time of one execution. */
export interface Team {
	/** Its members, read once however often they are asked for; a failure stays too. */
	actors(options: ApiOptions): Promise<Members>;
}

/** Knows nothing yet. */
export function createTeam(context: IExecuteFunctions): Team {
	const read = new Map<string, Promise<Members>>();
	return {
		actors: async (options) => {
			const known = read.get(options.authentication);
			if (known) return await known;
			const members = fetchActors(context, options);
			read.set(options.authentication, members);
			return await members;
		},
	};
}
