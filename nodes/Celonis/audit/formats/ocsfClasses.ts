import type { OcsfClass } from './mapping';

/** The version of the Open Cybersecurity Schema Framework that is written. */
export const OCSF_VERSION = '1.8.0';

/** A class as OCSF defines it: schema.ocsf.io, version 1.8.0. */
export interface OcsfClassDefinition {
	readonly uid: number;
	readonly name: string;
	readonly categoryUid: number;
	readonly categoryName: string;
	/** By activity id. */
	readonly activities: Readonly<Record<number, string>>;
}

const identityAndAccess = { categoryUid: 3, categoryName: 'Identity & Access Management' };
const application = { categoryUid: 6, categoryName: 'Application Activity' };

export const OCSF_CLASSES: Readonly<Record<OcsfClass, OcsfClassDefinition>> = {
	accountChange: {
		uid: 3001,
		name: 'Account Change',
		...identityAndAccess,
		activities: { 1: 'Create', 2: 'Enable', 3: 'Password Change', 5: 'Disable', 6: 'Delete' },
	},
	entityManagement: {
		uid: 3004,
		name: 'Entity Management',
		...identityAndAccess,
		activities: {
			1: 'Create',
			2: 'Read',
			3: 'Update',
			4: 'Delete',
			5: 'Move',
			8: 'Enable',
			9: 'Disable',
			10: 'Activate',
			11: 'Deactivate',
		},
	},
	userAccess: {
		uid: 3005,
		name: 'User Access Management',
		...identityAndAccess,
		activities: { 1: 'Assign Privileges', 2: 'Revoke Privileges' },
	},
	groupManagement: {
		uid: 3006,
		name: 'Group Management',
		...identityAndAccess,
		activities: {
			1: 'Assign Privileges',
			2: 'Revoke Privileges',
			3: 'Add User',
			4: 'Remove User',
			5: 'Delete',
			6: 'Create',
		},
	},
	apiActivity: {
		uid: 6003,
		name: 'API Activity',
		...application,
		activities: { 1: 'Create', 2: 'Read', 3: 'Update', 4: 'Delete' },
	},
};

/** OCSF's id for what it has no id for. */
export const OTHER = 99;
