import {
	NodeOperationError,
	tryToParseDateTime,
	type IExecuteFunctions,
	type IPollFunctions,
} from 'n8n-workflow';

/**
 * The moment that a date parameter names, in epoch milliseconds; `undefined` where it is empty.
 * The date picker gives text without a zone, an expression may give a Luxon or a JavaScript date:
 * what has no zone is read in the workflow's.
 */
export function getDateTime(
	context: IExecuteFunctions | IPollFunctions,
	displayName: string,
	value: unknown,
	itemIndex?: number,
): number | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const moment = parseMoment(value, context.getTimezone());
	if (moment === undefined) {
		throw new NodeOperationError(context.getNode(), `'${displayName}' is not a date and time`, {
			description: `It is ${JSON.stringify(value)}. Use the date picker, or an expression that gives a date such as {{ $now.minus({ days: 1 }) }} or 2026-01-31T08:00:00Z.`,
			itemIndex,
		});
	}
	return moment;
}

function parseMoment(value: unknown, timezone: string): number | undefined {
	try {
		const moment = tryToParseDateTime(value, timezone);
		return moment.isValid ? moment.toMillis() : undefined;
	} catch {
		return undefined;
	}
}
