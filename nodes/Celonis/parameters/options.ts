import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

/** The collection 'Options'. n8n's lint requires its entries in the order of their names. */
export function createOptionsProperty(
	options: readonly INodeProperties[],
	displayOptions?: IDisplayOptions,
): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [...options].sort((a, b) => (a.displayName < b.displayName ? -1 : 1)),
		...(displayOptions && { displayOptions }),
	};
}
