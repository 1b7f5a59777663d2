import type { IExecuteFunctions, IPollFunctions } from 'n8n-workflow';
import type { JsonObject } from '../records/json';
import type { EventLog } from '../reading/eventLog';
import { openConnection, type ConnectionOptions } from '../http/connection';
import type { Source } from './source';

/** Opens a log of the credential's team, as the node's options have it. Nothing is sent yet. */
export async function openEventLog(
	context: IExecuteFunctions | IPollFunctions,
	source: Source,
	way: ConnectionOptions,
	options: JsonObject,
): Promise<EventLog> {
	const send = await openConnection(context, source.api, way);
	return { pages: source.createPaginator(send, options), identityFields: source.identityFields };
}
