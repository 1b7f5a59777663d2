import { NodeOperationError, type IPollFunctions } from 'n8n-workflow';
import type { LogEvent } from '../records/eventId';
import { isPollDeadlineExceeded } from '../errors/celonisError';
import { rethrow } from '../errors/rethrow';
import { readEvents } from '../reading/readEvents';
import { getEarliestNow } from '../reading/clockReading';
import { fetchClocks } from '../reading/fetchClocks';
import { APIS } from '../errors/apis';
import type { EventLog } from '../reading/eventLog';
import type { Source } from '../sources/source';
import type { TriggerParameters } from './parameters';

const MAX_TEST_EVENTS = 5;
const TEST_WINDOW_DAYS = 30;

/**
 * The newest few events that pass the filters, for the editor's "Fetch test event". The cursor is
 * neither read nor moved: new events are delivered once the workflow is active, even if shown here.
 */
export async function fetchTestEvents(
	context: IPollFunctions,
	log: EventLog,
	{ source, matches, hasFilters, concurrency }: TriggerParameters,
): Promise<LogEvent[]> {
	const fromMs = getEarliestNow(await fetchClocks(log)) - TEST_WINDOW_DAYS * 24 * 60 * 60 * 1000;
	const found: LogEvent[] = [];
	const limit = MAX_TEST_EVENTS;
	const options = { direction: 'newestFirst', concurrency, limit, matches } as const;
	let isIncomplete = false;
	try {
		for await (const events of readEvents(log, { fromMs }, options)) found.push(...events);
	} catch (error) {
		// With narrow filters, the search may take too long: what was found until then is enough.
		const isEnough = hasFilters || found.length > 0;
		if (!isPollDeadlineExceeded(error) || !isEnough) throw rethrow(error);
		isIncomplete = true;
	}
	if (found.length > 0) return found;
	throw hasFilters
		? createNoMatchError(context, source, isIncomplete)
		: createNoEventsError(context, source);
}

function createNoEventsError(
	context: IPollFunctions,
	{ api, exampleAction }: Source,
): NodeOperationError {
	return new NodeOperationError(
		context.getNode(),
		`No ${APIS[api].entries} in the last ${TEST_WINDOW_DAYS} days`,
		{
			description: `The connection works, but there is nothing to show. ${exampleAction}, and try again; or publish the workflow and wait for the first event.`,
		},
	);
}

function createNoMatchError(
	context: IPollFunctions,
	{ api }: Source,
	isIncomplete: boolean,
): NodeOperationError {
	const { entries } = APIS[api];
	const where = isIncomplete
		? `the newest ${entries} that could be read during the test`
		: `the ${entries} of the last ${TEST_WINDOW_DAYS} days`;
	return new NodeOperationError(context.getNode(), `None of ${where} passes the filters`, {
		description:
			'The connection works. Check the filters, or remove them for the test. The Celonis node with the same filters and a longer window shows which events match.',
	});
}
