import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { limitProperties } from '../../descriptions/limit';
import { createOptionsProperty, timeoutOption } from '../../parameters/options';
import { CelonisError } from '../../errors/celonisError';
import { isJsonObject } from '../../records/json';
import { getLimit } from '../../parameters/limit';
import { getTimeoutMs } from '../../parameters/timeout';
import { fetchMembers } from '../../members/fetchMembers';
import { parseMember } from '../../members/directory';
import type { Authentication } from '../../http/connection';
import type { Operation } from '../operation';

const shown = { resource: ['member'], operation: ['getAll'] };

/** Parameters of Member → Get Many. */
export const getAllProperties: INodeProperties[] = [
	...limitProperties(shown),
	{
		displayName: 'Include Internal',
		name: 'includeInternal',
		type: 'boolean',
		displayOptions: { show: shown },
		default: false,
		description: 'Whether to return people of Celonis itself who have access to the team too',
	},
	createOptionsProperty([timeoutOption], { show: shown }),
];

/** Get Many of the members: each as Celonis sent it, with `name` and `email` told apart. */
export const getAll: Operation = (context) => async (itemIndex) => {
	const options = context.getNodeParameter('options', itemIndex, {}) as IDataObject;
	const members = await fetchMembers(
		context,
		{
			authentication: context.getNodeParameter('authentication', itemIndex) as Authentication,
			timeoutMs: getTimeoutMs(context, options, itemIndex),
		},
		{
			includeInternal: context.getNodeParameter('includeInternal', itemIndex, false) === true,
			limit: getLimit(context, itemIndex),
		},
	);
	return members.map((member) => ({ json: toItem(member), pairedItem: { item: itemIndex } }));
};

function toItem(member: unknown): IDataObject {
	if (!isJsonObject(member)) throw new CelonisError({ code: 'otherJson', api: 'members' });
	const { name = null, email = null } = parseMember(member);
	return { name, email, ...member } as IDataObject;
}
