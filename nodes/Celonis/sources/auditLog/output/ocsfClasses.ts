import { IDENTITY_AND_ACCESS, type OcsfClassDefinition } from '../../../output/ocsf';
import type { OcsfClass } from './mapping';

const APPLICATION_ACTIVITY = { categoryUid: 6, categoryName: 'Application Activity' };

/** OCSF's classes of audit events. */
export const OCSF_CLASSES: Readonly<Record<OcsfClass, OcsfClassDefinition>> = {
	accountChange: {
		uid: 3001,
		name: 'Account Change',
		...IDENTITY_AND_ACCESS,
		activities: { 1: 'Create', 2: 'Enable', 3: 'Password Change', 5: 'Disable', 6: 'Delete' },
	},
	entityManagement: {
		uid: 3004,
		name: 'Entity Management',
		...IDENTITY_AND_ACCESS,
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
		...IDENTITY_AND_ACCESS,
		activities: { 1: 'Assign Privileges', 2: 'Revoke Privileges' },
	},
	groupManagement: {
		uid: 3006,
		name: 'Group Management',
		...IDENTITY_AND_ACCESS,
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
		...APPLICATION_ACTIVITY,
		activities: { 1: 'Create', 2: 'Read', 3: 'Update', 4: 'Delete' },
	},
};
