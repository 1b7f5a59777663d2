import { NodeOperationError, type IPollFunctions } from 'n8n-workflow';
import type { LogEvent } from '../records/eventId';
import { isPollDeadlineExceeded } from '../errors/celonisError';
import { rethrow } from '../errors/rethrow';
import { readEvents } from '../reading/readEvents';
import { fetchServerTime } from '../reading/serverTime';
import { APIS } from '../errors/apis';
import type { EventLog } from '../reading/eventLog';
import type { Source } from '../sources/source';
import type { TriggerParameters } from './parameters';

const MAX_TEST_EVENTS = 5;
const TEST_WINDOW_DAYS = 30;

/**
 * The newest few events that pass the filters, for the editor's "Fetch test event". The cursor is
 * neither read nor moved: what is shown here is delivered all the same once the workflow is active.
 */
export async function fetchTestEvents(
	context: IPollFunctions,
	log: EventLog,
	{ source, matches, hasFilters, concurrency }: TriggerParameters,
): Promise<LogEvent[]> {
	const fromMs = (await fetchServerTime(log)) - TEST_WINDOW_DAYS * 24 * 60 * 60 * 1000;
	const found: LogEvent[] = [];
	const demand = () => MAX_TEST_EVENTS - found.length;
	const options = { direction: 'newestFirst', concurrency, demand } as const;
	let isCut = false;
	try {
		for await (const { events } of readEvents(log, { fromMs }, options)) {
			found.push(...events.filter(matches).slice(0, demand()));
			if (demand() === 0) break;
		}
	} catch (error) {
		// A filter that lets little through makes for a long search: what was found by then will do.
		if (!isPollDeadlineExceeded(error) || !hasFilters) throw rethrow(error);
		isCut = true;
	}
	if (found.length > 0) return found;
	throw hasFilters ? nothingPasses(context, source, isCut) : nothingThere(context, source);
}

function nothingThere(context: IPollFunctions, { api, exampleAction }: Source): NodeOperationError {
	return new NodeOperationError(
		context.getNode(),
		`No ${APIS[api].entries} in the last ${TEST_WINDOW_DAYS} days`,
		{
			description: `The connection works, but there is nothing to show. ${exampleAction}, and try again; or activate the workflow and wait for the first event.`,
		},
	);
}

function nothingPasses(
	context: IPollFunctions,
	{ api }: Source,
	isCut: boolean,
): NodeOperationError {
	const { entries } = APIS[api];
	const where = isCut
		? `the newest ${entries} that could be read in the time of a test`
		: `the ${entries} of the last ${TEST_WINDOW_DAYS} days`;
	return new NodeOperationError(context.getNode(), `None of ${where} passes the filters`, {
		description:
			'The connection works. Check the filters, or take them out for a test; the Celonis node with the same filters and a longer window shows what they let through.',
	});
}
