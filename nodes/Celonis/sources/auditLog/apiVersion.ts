import type { INodeProperties } from 'n8n-workflow';
import type { ParameterReader } from '../../parameters/parameterReader';

/** Which version of the Audit Log API to read. */
export const apiVersionOption: INodeProperties = {
	displayName: 'API Version',
	name: 'apiVersion',
	type: 'options',
	options: [
		{ name: 'V1', value: 'v1', description: 'For teams that do not have version 2 yet' },
		{ name: 'V2', value: 'v2', description: 'Larger pages and more stable paging' },
	],
	default: 'v2',
	description: 'Version of the Celonis Audit Log API to use',
};

/** Gets the option 'API Version'. */
export function getApiVersion(options: ParameterReader): 'v1' | 'v2' {
	return options.getChoice('API Version', 'apiVersion', ['v2', 'v1'], 'v2');
}
