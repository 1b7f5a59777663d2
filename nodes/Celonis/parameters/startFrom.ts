import type { INodeProperties } from 'n8n-workflow';
import type { ParameterReader } from './parameterReader';

/** 'Start From' and 'Start Date'. */
export const startFromProperties: INodeProperties[] = [
	{
		displayName: 'Start From',
		name: 'startFrom',
		type: 'options',
		options: [
			{
				name: 'Date',
				value: 'date',
				description: 'Deliver the events since a date, oldest first',
			},
			{
				name: 'Now',
				value: 'now',
				description: 'Deliver the events that happen after the workflow was published',
			},
		],
		default: 'now',
		hint: 'Only the first poll uses this; later ones use the saved position',
		description: 'Which events to deliver first',
	},
	{
		displayName: 'Start Date',
		name: 'startDate',
		type: 'dateTime',
		displayOptions: { show: { startFrom: ['date'] } },
		default: '',
		required: true,
		description: "Deliver the events from this moment on. Read in the workflow's time zone.",
	},
];

/** Gets 'Start From' and 'Start Date': epoch milliseconds, or `undefined` for now. */
export function getStartMs(parameters: ParameterReader): number | undefined {
	const startFrom = parameters.getChoice('Start From', 'startFrom', ['now', 'date'], 'now');
	if (startFrom === 'now') return undefined;
	const startMs = parameters.getDateTime('Start Date', 'startDate', 'start');
	if (startMs !== undefined) return startMs;
	return parameters.fail('Start Date', undefined, {
		mismatch: 'must not be empty',
		hint: "Write the date from which to deliver events, such as 2026-01-31, or set 'Start From' to 'Now'.",
	});
}
