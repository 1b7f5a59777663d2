import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { APIS } from '../../errors/apis';
import type { ConnectionOptions } from '../../http/connection';
import type { Member } from '../../members/directory';
import { createMemberDirectoryCache } from '../../members/directoryCache';
import { getAuthentication } from '../../parameters/authentication';
import { allowExpression } from '../../parameters/collection';
import { createLimitProperties, getLimit } from '../../parameters/limit';
import { createOptionsProperty } from '../../parameters/options';
import { ParameterReader } from '../../parameters/parameterReader';
import { getTimeoutMs, timeoutOption } from '../../parameters/timeout';
import { hasOwn } from '../../records/json';
import { createListPresenter } from '../listPresenter';
import type { Operation, PerItem } from '../operation';
import { fetchPermissions } from './fetchPermissions';
import { getPermissionFilter, permissionFiltersProperty } from './filters';
import { findMember, type Permission } from './permission';

const show = { resource: ['permission'], operation: ['getAll'] };

const memberDetailsOption: INodeProperties = {
	displayName: 'Add Member Details',
	name: 'addMemberDetails',
	type: 'boolean',
	default: false,
	description:
		"Whether to add the e-mail address, status and last login of the users who have the permissions, from the list of team members. Requires the scope 'team.user-group-info:read'. The list is fetched once per execution and account.",
};

const optionsProperty = createOptionsProperty([memberDetailsOption, timeoutOption], { show });

/** Parameters of Permission → Get Many. */
export const getAllProperties: INodeProperties[] = [
	...createLimitProperties(show),
	...allowExpression({ ...permissionFiltersProperty, displayOptions: { show } }),
	...allowExpression(optionsProperty),
];

/**
 * Permission → Get Many: the permissions as Celonis sends them, with the team, and on request with the
 * member who has the permission.
 */
export const getAll: Operation<PerItem> = (context) => {
	const directories = createMemberDirectoryCache(context);
	const presenter = createListPresenter(context);
	return async (itemIndex) => {
		const parameters = new ParameterReader(context, itemIndex);
		const options = parameters.getCollection(optionsProperty);
		const limit = presenter.restrictLimit(getLimit(parameters));
		const { passes, filters } = getPermissionFilter(parameters);
		const hasMember = options.getBoolean('Add Member Details', 'addMemberDetails');
		const connectionOptions: ConnectionOptions = {
			itemIndex,
			authentication: getAuthentication(parameters),
			timeoutMs: getTimeoutMs(options),
		};
		const members = hasMember ? await directories.get(connectionOptions) : undefined;
		const { team, permissions } = await fetchPermissions(context, connectionOptions);

		const items: IDataObject[] = [];
		let passed = 0;
		for (const permission of permissions) {
			const member = findMember(permission, members);
			if (!passes(permission, member)) continue;
			passed++;
			if (items.length >= limit) continue;
			const details = hasMember ? { member: formatMember(member) } : {};
			items.push(formatPermission(permission, { team, ...details }));
		}
		return presenter.present(itemIndex, {
			entries: APIS.permissions.entries,
			scope: `of ${team}`,
			items,
			read: permissions.length,
			passed,
			isComplete: true,
			filters,
			continueAfter: () => "Use 'Filters' to get others.",
		});
	};
};

/** A field that Celonis sends keeps its value. */
function formatPermission(permission: Permission, added: IDataObject): IDataObject {
	const json: IDataObject = { ...(permission as IDataObject) };
	for (const [name, value] of Object.entries(added)) {
		if (!hasOwn(permission, name)) json[name] = value;
	}
	return json;
}

function formatMember(member: Member | undefined): IDataObject | null {
	if (!member) return null;
	const { name = null, email = null, status = null, lastLogin = null } = member;
	return { name, email, status, lastLogin };
}
