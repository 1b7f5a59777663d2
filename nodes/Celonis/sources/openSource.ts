import type { IExecuteFunctions, IPollFunctions } from 'n8n-workflow';
import type { JsonObject } from '../records/json';
import type { OpenLog } from '../reading/eventLog';
import { openApi, type ApiOptions } from '../http/connection';
import type { Source } from './source';

/** Opens a log of the credential's team, as the node's options have it. Nothing is sent yet. */
export async function openSource(
	context: IExecuteFunctions | IPollFunctions,
	source: Source,
	way: ApiOptions,
	options: JsonObject,
): Promise<OpenLog> {
	const send = await openApi(context, source.api, way);
	return { pages: source.openPages(send, options), contentFields: source.contentFields };
}
