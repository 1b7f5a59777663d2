import { NodeOperationError, type IPollFunctions } from 'n8n-workflow';
import type { AuditEvent } from '../audit/identity';
import { readEnd } from '../reading/readEnd';
import { readServerTime } from '../reading/serverTime';
import type { ReadPages } from '../transport/pages';

const SAMPLE_SIZE = 5;
const SAMPLE_DAYS = 30;

/**
 * The newest few events, for the editor's "Fetch test event". The cursor is neither read nor moved:
 * what is shown here is delivered all the same once the workflow is active.
 */
export async function fetchSample(
	context: IPollFunctions,
	pages: ReadPages,
): Promise<AuditEvent[]> {
	const fromMs = (await readServerTime(pages)) - SAMPLE_DAYS * 24 * 60 * 60 * 1000;
	const events = await readEnd(pages, { fromMs }, { end: 'newest', limit: SAMPLE_SIZE });
	if (events.length > 0) return events;
	throw new NodeOperationError(
		context.getNode(),
		`No audit events in the last ${SAMPLE_DAYS} days`,
		{
			description:
				'The connection works, but there is nothing to show. Change something in Celonis, such as a permission, and try again; or activate the workflow and wait for the first event.',
		},
	);
}
