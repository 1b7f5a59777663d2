import { describe, expect, it } from '@jest/globals';
import { EVENT_NAMES, isDocumented } from '../../../../../nodes/Celonis/sources/auditLog/catalogue';
import {
	PRESETS,
	type PresetRow,
} from '../../../../../nodes/Celonis/sources/auditLog/filters/presets';

const presets = Object.entries<PresetRow>(PRESETS);

describe('the presets', () => {
	it('are the ones that workflows may hold', () => {
		expect(Object.keys(PRESETS)).toEqual([
			'auditTrail',
			'dataLeaving',
			'permissions',
			'publication',
			'signOnAndKeys',
			'users',
		]);
	});

	it.each(presets)('%s lists documented events, each once, in order', (_, { events }) => {
		expect(events.filter((name) => !isDocumented(name))).toEqual([]);
		expect(events).toEqual([...new Set(events)].sort());
	});

	it.each([
		['auditTrail', 'AUDIT_LOGS_DELETED'],
		['dataLeaving', 'DATA_POOL_OUTBOUND_SHARE_CREATED'],
		['permissions', 'PERMISSIONS_UPDATE'],
		['publication', 'STUDIO_PACKAGE_PUBLISHED'],
		['signOnAndKeys', 'IP_RESTRICTIONS_RESET'],
		['users', 'ADMIN USER INVITED'],
	] as const)('%s holds %s', (preset, name) => {
		expect(PRESETS[preset].events).toContain(name);
	});

	it('have every download and export under data leaving', () => {
		const events: readonly string[] = PRESETS.dataLeaving.events;
		const leaving = EVENT_NAMES.filter((name) =>
			/_DOWNLOADED$|_EXPORTED$|_EXPORT_|_SHARE_/.test(name),
		);
		expect(leaving.length).toBeGreaterThan(15);
		expect(leaving.filter((name) => !events.includes(name))).toEqual([]);
	});
});
