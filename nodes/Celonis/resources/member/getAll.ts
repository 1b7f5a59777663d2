import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { APIS } from '../../errors/apis';
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
import { createListPresenter } from '../listPresenter';
import { MAX_AGENT_ITEMS } from '../listResult';
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
export const getAll: Operation<PerItem> = (context) => {
	const presenter = createListPresenter(context);
	return async (itemIndex) => {
		const parameters = new ParameterReader(context, itemIndex);
		const connectionOptions = {
			itemIndex,
			authentication: getAuthentication(parameters),
			timeoutMs: getTimeoutMs(parameters.getCollection(optionsProperty)),
		};
		const limit = presenter.restrictLimit(getLimit(parameters));
		const members = await fetchMembers(context, connectionOptions, {
			includeInternal: parameters.getBoolean('Include Celonis Staff', 'includeInternal'),
			limit,
		});
		const { length } = members;
		return presenter.present(itemIndex, {
			entries: APIS.members.entries,
			scope: 'of the team',
			items: members.map(formatMember),
			read: length,
			passed: length,
			isComplete: length < limit,
			filters: '',
			continueAfter: (count) =>
				count < length
					? 'An AI agent cannot get more of them; a workflow can list all.'
					: `A higher 'Limit' shows more, at most ${MAX_AGENT_ITEMS} to an AI agent; a workflow can list all.`,
		});
	};
};

function formatMember(member: unknown): IDataObject {
	if (!isJsonObject(member)) throw new CelonisError('unexpectedJson', { api: 'members' });
	const { name = null, email = null } = parseMember(member);
	return { name, email, ...member } as IDataObject;
}
