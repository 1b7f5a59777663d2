import type { IExecuteFunctions, IPollFunctions } from 'n8n-workflow';
import { openConnection, type ConnectionOptions } from '../http/connection';
import type { EventLog } from '../reading/eventLog';
import { withSubSecondWindows } from '../reading/subSecondWindows';
import type { Source, SourceOptions } from './source';

/** Opens a log of the credential's team, as the node's options configure it. Nothing is sent yet. */
export async function openEventLog(
	context: IExecuteFunctions | IPollFunctions,
	source: Source,
	connectionOptions: ConnectionOptions,
	options: SourceOptions,
): Promise<EventLog> {
	const connection = await openConnection(context, source.api, connectionOptions);
	const pages = withSubSecondWindows(source.createPaginator(connection, options));
	const { api, team, getConcurrency } = connection;
	return { api, team, pages, getConcurrency, identityFields: source.identityFields };
}
