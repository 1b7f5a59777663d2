import type { INodeProperties } from 'n8n-workflow';
import { parseFieldPath, type FieldPath } from '../output/fields';
import type { ParameterReader } from './parameterReader';

/** The fields that items keep. */
export const fieldsOption: INodeProperties = {
	displayName: 'Fields',
	name: 'fields',
	type: 'string',
	default: '',
	placeholder: 'e.g. timestamp, event, actor.email, eventId',
	description:
		"Fields to keep, separated by commas and named as in the chosen 'Output'. Use dots for nested fields. Leave empty to keep all fields. A few fields make a readable table and a short response to an AI agent.",
};

/** Gets the option 'Fields'; no paths mean all fields. */
export function getFieldPaths(options: ParameterReader): FieldPath[] {
	return options.getList('Fields', 'fields').map(parseFieldPath);
}
