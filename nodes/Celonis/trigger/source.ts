import type { INodeProperties } from 'n8n-workflow';
import { APIS } from '../errors/apis';
import type { ParameterReader } from '../parameters/parameterReader';
import { SOURCES, type SourceName } from '../sources';
import type { Source } from '../sources/source';

const DEFAULT_SOURCE: SourceName = 'auditLog';

/** The logs that the trigger can poll. */
export const sources = Object.values<Source>(SOURCES);

function describeScope({ api, displayName }: Source): string {
	const [scope] = APIS[api].scopes;
	return `'${scope}' (${displayName})`;
}

/** The log that starts the workflow. */
export const sourceProperty: INodeProperties = {
	displayName: 'Source',
	name: 'source',
	type: 'options',
	noDataExpression: true,
	options: sources.map(({ api, displayName, description }) => ({
		name: displayName,
		value: api,
		description,
	})),
	default: DEFAULT_SOURCE,
	description: `Which log of Celonis starts the workflow. With OAuth2, the credential needs the scope for it: ${sources.map(describeScope).join(', ')}.`,
};

const subtitles = Object.fromEntries(
	sources.map(({ api, eventDisplayName }) => [api, `New ${eventDisplayName.toLowerCase()}`]),
);

/** What the canvas shows below the name of the node, as an n8n expression. */
export const subtitle = `={{ (${JSON.stringify(subtitles)})[$parameter["source"]] }}`;

/** Gets 'Source'. */
export function getSource(parameters: ParameterReader): Source {
	const names = sources.map(({ api }) => api);
	return SOURCES[parameters.getChoice('Source', 'source', names, DEFAULT_SOURCE)];
}
