import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import type { OpenWindow } from '../records/timeWindow';
import { formatTimestamp } from '../records/timestamp';
import type { ParameterReader } from './parameterReader';

const DEFAULT_WINDOW_HOURS = 24;
const DATE_FORMS =
	'a date such as 2026-01-31, a date and time such as 2026-01-31T08:00:00Z, or a relative date such as now-7d or yesterday';
const HOUR_MS = 60 * 60 * 1000;

/** 'From' and 'To'. */
export function createWindowProperties(
	show: NonNullable<IDisplayOptions['show']>,
): INodeProperties[] {
	return [
		{
			displayName: 'From',
			name: 'from',
			type: 'dateTime',
			displayOptions: { show },
			default: `={{ $now.minus({ hours: ${DEFAULT_WINDOW_HOURS} }) }}`,
			description: `Start of the time window (inclusive): ${DATE_FORMS}. Read in the workflow's time zone. Leave empty for ${DEFAULT_WINDOW_HOURS} hours ago.`,
		},
		{
			displayName: 'To',
			name: 'to',
			type: 'dateTime',
			displayOptions: { show },
			default: '',
			description: `End of the time window (exclusive): ${DATE_FORMS}. Read in the workflow's time zone. Leave empty for now.`,
		},
	];
}

/** Gets 'From' and 'To'. The window is open if 'To' is empty. */
export function getWindow(parameters: ParameterReader): OpenWindow {
	const toMs = parameters.getDateTime('To', 'to', 'end');
	const defaultFromMs = Date.now() - DEFAULT_WINDOW_HOURS * HOUR_MS;
	const fromMs = parameters.getDateTime('From', 'from', 'start') ?? defaultFromMs;
	if (toMs !== undefined && fromMs > toMs) {
		parameters.fail('From', formatTimestamp(fromMs), {
			mismatch: "is later than 'To'",
			hint: `'To' is ${formatTimestamp(toMs)}. Write an earlier 'From' such as ${formatTimestamp(toMs - DEFAULT_WINDOW_HOURS * HOUR_MS)}, or leave 'To' empty to read up to now.`,
		});
	}
	return { fromMs, toMs };
}
