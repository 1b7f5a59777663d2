import type { INodeProperties } from 'n8n-workflow';
import type { ParameterReader } from './parameterReader';

/** Whether events show who the actor is. */
export const enrichActorOption: INodeProperties = {
	displayName: 'Enrich Actor',
	name: 'enrichActor',
	type: 'boolean',
	default: true,
	description:
		"Whether to add the actor's name, role and groups from the list of team members. Requires the scope 'team.user-group-info:read'. The list is fetched once per execution and account, or once per poll, however many events there are.",
};

/** Gets the option 'Enrich Actor'. */
export function getEnrichActor(options: ParameterReader): boolean {
	return options.getBoolean('Enrich Actor', 'enrichActor');
}
