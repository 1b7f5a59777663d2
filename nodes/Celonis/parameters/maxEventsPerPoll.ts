import type { INodeProperties } from 'n8n-workflow';
import type { ParameterReader } from './parameterReader';

const DEFAULT_MAX_EVENTS = 10_000;

/** The largest batch. */
export const maxEventsPerPollOption: INodeProperties = {
	displayName: 'Max Events per Poll',
	name: 'maxEventsPerPoll',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: DEFAULT_MAX_EVENTS,
	description:
		'Maximum number of events that one poll delivers. The next polls deliver the remaining events.',
};

/** Gets the option 'Max Events per Poll'. */
export function getMaxEventsPerPoll(options: ParameterReader): number {
	return options.getInteger('Max Events per Poll', 'maxEventsPerPoll', {
		default: DEFAULT_MAX_EVENTS,
	});
}
