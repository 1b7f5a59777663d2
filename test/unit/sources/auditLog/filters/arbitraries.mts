import fc from 'fast-check';
import { CATALOGUE } from '../../../../../nodes/Celonis/sources/auditLog/catalogue.generated';
import { PRESETS } from '../../../../../nodes/Celonis/sources/auditLog/filters/presets';
import { rawRecords } from '../../../records/arbitraries.mts';

/** The collection 'Filters' of a workflow. */
export type FilterCollection = Readonly<Record<string, unknown>>;

const events = [
	'PERMISSIONS_UPDATE',
	'ADMIN USER INVITED',
	'DATA_POOL_EXPORTED',
	'AUDIT_LOGS_DELETED',
	'STUDIO_PACKAGE_PUBLISHED',
	'permissions_update',
	'ORCHESTRATION_STARTED',
] as const;
const addresses = [
	'203.0.113.7',
	'203.0.113.200',
	'198.51.100.9',
	'10.1.2.3',
	'::ffff:10.1.2.3',
	'2001:db8::7',
	'2001:DB8:0:0:0:0:0:8',
	'2001:db9::1',
	'fe80::1%eth0',
	'not an address',
] as const;
const actors = [
	'u1 (ada@example.com)',
	'u2 (Grace@Example.com)',
	'u3 (eve@other.example)',
	'celonis-service (SYSTEM)',
	'u4',
	'ada@example.com',
] as const;

const messages = [
	{ name: 'Say "hi"\nÄrger' },
	'needle',
	{ status: 1 },
	{
		subject_type: 'USER',
		subject_description: 'bob@example.com',
		object_description: 'Order to Cash',
		old_permissions: ['READ', 'SHARE'],
		new_permissions: ['READ', 'ADMIN'],
	},
	{
		subject_type: 'GROUP',
		subject_description: 'Analysts',
		subject_id: 'g-1',
		old_permissions: 'ADMIN',
		new_permissions: ['Admin', 'USE', 7, null],
	},
	{ subject_description: 'SIEM', object_id: 'o-1', old_permissions: ['USE'], new_permissions: [] },
	{ invitee: 'Bob@Example.com', id: 'o-1', new_permissions: { ADMIN: true } },
	{ dataPoolId: 'p-1', dataPoolName: 'order to cash' },
] as const;

/** Records of which every filter keeps some and drops some. */
export const records: fc.Arbitrary<Record<string, unknown>> = fc
	.tuple(
		rawRecords,
		fc.record(
			{
				event: fc.constantFrom(...events),
				ipAddress: fc.constantFrom(...addresses),
				userId: fc.constantFrom(...actors),
				userRole: fc.constantFrom('ADMIN', 'admin', 'MEMBER', 'ANALYST'),
				category: fc.constantFrom('Studio', 'studio', 'Beyond', null, ''),
				message: fc.constantFrom<unknown>(...messages),
			},
			{ requiredKeys: [] },
		),
	)
	.map(([raw, changes]) => ({ ...raw, ...changes }));

const lists = <T,>(values: readonly T[]) =>
	fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 });

/** Several values as users enter them: a list, or text with commas or line breaks. */
const texts = (...values: string[]): fc.Arbitrary<unknown> =>
	fc
		.tuple(lists(values), fc.constantFrom(', ', ',', ' ,\n', undefined))
		.map(([list, separator]) => (separator === undefined ? list : list.join(separator)));

/** Values for each filter. */
export const values: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
	actors: texts(
		'ada@example.com',
		'*@EXAMPLE.com',
		'u?',
		'u1 (*)',
		'U4',
		'!celonis-service',
		'!u1',
		'!*@other.example',
	),
	categories: lists([...Object.keys(CATALOGUE).slice(0, 9), 'Studio', 'other']),
	eventPatterns: texts(
		'PERM*',
		'*_deleted',
		'*',
		'? *',
		'!*_EXPORTED',
		'!perm*',
		'admin user ?nvited',
	),
	eventTypes: fc.oneof(lists(events), texts(...events)),
	excludeSystem: fc.boolean(),
	grantedPermissions: texts('ADMIN', 'use', '7', 'A*', '*', '!admin', '!US?', '!SHARE'),
	ipAddresses: texts(
		'203.0.113.0/24',
		'203.0.113.7',
		'0.0.0.0/0',
		'10.0.0.0/8',
		'::ffff:10.1.0.0/112',
		'2001:db8::/32',
		'2001:db8::8',
		'::/0',
		'fe80::/10',
		'!10.0.0.0/8',
		'!2001:db8::/33',
		'!198.51.100.9',
	),
	preset: fc.oneof(lists(Object.keys(PRESETS)), fc.constantFrom(...Object.keys(PRESETS))),
	roles: texts('ADMIN', 'member', 'A*', '!ANALYST', '!a?min'),
	targets: texts(
		'bob@example.com',
		'ORDER TO CASH',
		'analysts',
		'?-1',
		'*@*',
		'*',
		'!g-1',
		'!Order *',
		'!*@example.com',
	),
	text: fc.constantFrom(
		'needle',
		'NEEDLE',
		'ada',
		'Say "hi"',
		'ärger',
		'"userRole":"ADMIN"',
		'443',
		'\n',
	),
};

/** Collections with these filters, each set to some value. */
export function filterCollections(names: readonly string[]): fc.Arbitrary<FilterCollection> {
	return fc.record(Object.fromEntries(names.map((name) => [name, values[name]!])));
}
