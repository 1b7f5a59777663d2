import type { IExecuteFunctions } from 'n8n-workflow';
import { ParameterReader } from '../../nodes/Celonis/parameters/parameterReader';

/** A reader of these parameters of a node, in the time zone Europe/Berlin. */
export function createParameterReader(parameters: Readonly<Record<string, unknown>>) {
	const context = {
		getNode: () => ({ name: 'Celonis', type: 'celonis', parameters }),
		getTimezone: () => 'Europe/Berlin',
		getInputData: () => [{ json: {} }],
		getNodeParameter: (name: string, _itemIndex: number, defaultValue: unknown) =>
			parameters[name] === undefined ? defaultValue : parameters[name],
	} as unknown as IExecuteFunctions;
	return new ParameterReader(context);
}
