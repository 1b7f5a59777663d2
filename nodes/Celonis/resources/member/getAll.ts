import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { CelonisError } from '../../errors/celonisError';
import { parseMember } from '../../members/directory';
import { fetchMembers } from '../../members/fetchMembers';
import { getAuthentication } from '../../parameters/authentication';
import { allowExpression } from '../../parameters/collection';
import { createLimitProperties, getLimit } from '../../parameters/limit';
import { createOptionsProperty } from '../../parameters/options';
import { ParameterReader } from '../../parameters/parameterReader';
import { getTimeoutMs, timeoutOption } from '../../parameters/timeout';
import { isJsonObject } from '../../records/json';
import type { Operation, PerItem } from '../operation';

const show = { resource: ['member'], operation: ['getAll'] };

const optionsProperty = createOptionsProperty([timeoutOption], { show });

/** Parameters of Member → Get Many. */
export const getAllProperties: INodeProperties[] = [
	...createLimitProperties(show),
	{
		displayName: 'Include Celonis Staff',
		name: 'includeInternal',
		type: 'boolean',
		displayOptions: { show },
		default: false,
		description:
			'Whether to include employees of Celonis who have access to the team (internal members)',
	},
	...allowExpression(optionsProperty),
];

/** Member → Get Many: the members as Celonis sends them, with `name` and `email` added. */
export const getAll: Operation<PerItem> = (context) => async (itemIndex) => {
	const parameters = new ParameterReader(context, itemIndex);
	const connectionOptions = {
		itemIndex,
		authentication: getAuthentication(parameters),
		timeoutMs: getTimeoutMs(parameters.getCollection(optionsProperty)),
	};
	const members = await fetchMembers(context, connectionOptions, {
		includeInternal: parameters.getBoolean('Include Celonis Staff', 'includeInternal'),
		limit: getLimit(parameters),
	});
	return members.map((member) => ({ json: formatMember(member), pairedItem: { item: itemIndex } }));
};

function formatMember(member: unknown): IDataObject {
	if (!isJsonObject(member)) throw new CelonisError('unexpectedJson', { api: 'members' });
	const { name = null, email = null } = parseMember(member);
	return { name, email, ...member } as IDataObject;
}
