import { describe, expect, it } from '@jest/globals';
import { EVENT_NAMES, isDocumented } from '../../../../../nodes/Celonis/sources/auditLog/catalogue';
import {
	PRESETS,
	type PresetDefinition,
} from '../../../../../nodes/Celonis/sources/auditLog/filters/presets';

const presets = Object.entries<PresetDefinition>(PRESETS);

describe('the presets', () => {
	it('have the values of saved workflows', () => {
		expect(Object.keys(PRESETS)).toEqual([
			'auditTrail',
			'dataLeaving',
			'permissions',
			'publication',
			'signOnAndKeys',
			'users',
		]);
	});

	it.each(presets)('%s has documented events, sorted and without duplicates', (_, { events }) => {
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
	] as const)('%s contains %s', (preset, name) => {
		expect(PRESETS[preset].events).toContain(name);
	});

	it('have all downloads and exports in Data Exports', () => {
		const events: readonly string[] = PRESETS.dataLeaving.events;
		const exports = EVENT_NAMES.filter((name) =>
			/_DOWNLOADED$|_EXPORTED$|_EXPORT_|_SHARE_/.test(name),
		);
		expect(exports.length).toBeGreaterThan(15);
		expect(exports.filter((name) => !events.includes(name))).toEqual([]);
	});
});
