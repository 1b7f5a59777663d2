import type { IExecuteFunctions } from 'n8n-workflow';
import { CelonisError } from '../../errors/celonisError';
import { openConnection, type ConnectionOptions } from '../../http/connection';
import type { HttpResponse } from '../../http/response';
import { parsePageToken } from '../../reading/pageToken';
import { parseCount, parseListing } from '../../reading/parseListing';
import { foldFieldName, isJsonObject, type JsonObject } from '../../records/json';
import { isNullish } from '../../records/text';
import type { Permission } from './permission';

const PATH = '/api/authorization/external/permissions';

/** The permissions of a team. */
export interface PermissionList {
	/** The host of the team. */
	readonly team: string;
	readonly permissions: readonly Permission[];
}

/** Fetches all permissions of the credential's team. The API has neither pages nor filters. */
export async function fetchPermissions(
	context: IExecuteFunctions,
	options: ConnectionOptions,
): Promise<PermissionList> {
	const { team, send } = await openConnection(context, 'permissions', options);
	return { team, permissions: parsePermissions(await send(PATH, {})) };
}

/**
 * The permissions in a response: its list `permissions`, or the only list under another name. Without a
 * list it is the error `unexpectedJson`, never an empty result; with a part of the list only, it is
 * `incompleteList`.
 */
export function parsePermissions(response: HttpResponse): Permission[] {
	const { body } = response;
	const listing = isJsonObject(body) ? { ...response, body: renameList(body) } : response;
	const { records, fields } = parseListing('permissions', listing);
	if (!isComplete(records.length, fields)) {
		throw new CelonisError('incompleteList', { api: 'permissions' });
	}
	return records.map((record) => {
		if (isJsonObject(record)) return record;
		throw new CelonisError('unexpectedJson', { api: 'permissions' });
	});
}

/** The documented list under the name that all other lists have. Two lists are ambiguous. */
function renameList(body: JsonObject): JsonObject {
	const { permissions, content, ...rest } = body;
	if (permissions === undefined) return body;
	if (isNullish(content)) return { ...rest, content: permissions };
	if (permissions === null) return { ...rest, content };
	throw new CelonisError('unexpectedJson', { api: 'permissions' });
}

/** Counts of all that exists, should the API have pages one day. */
const TOTAL_FIELD = /^total(?:count|elements|records|items|results|hits)?$/;

function isComplete(length: number, fields: JsonObject): boolean {
	const hasMore = Object.entries(fields).some(([name, value]) => {
		const folded = foldFieldName(name);
		const count = parseCount(value) ?? 0;
		return TOTAL_FIELD.test(folded) ? count > length : folded === 'totalpages' && count > 1;
	});
	return !hasMore && parsePageToken('permissions', fields) === undefined;
}
