import { parseRecord } from '../../../nodes/Celonis/records/record';
import { auditLog } from '../../../nodes/Celonis/sources/auditLog';
import { createParameterReader } from '../../support/parameterReader';
import { measureCpuMs, parsePage } from './records.mts';

/** Each lets nearly all records through, so that it has to look at nearly all. */
const FILTERS: Readonly<Record<string, object>> = {
	actors: { actors: '!svc-*@example.com, !*@other.example' },
	categories: { categories: ['Studio', 'Data Integration', 'Admin and Settings', 'Other'] },
	'event patterns': { eventPatterns: '*_CREATED, *_UPDATED, *_DELETED, *' },
	'event types': { eventTypes: ['PERMISSIONS_UPDATE', 'DATA_POOL_CREATED'] },
	'exclude system': { excludeSystem: true },
	'granted permissions': { grantedPermissions: '!NOBODY, !*_NOTHING' },
	'IP addresses': { ipAddresses: '!10.0.0.0/8, !172.16.0.0/12, !fd00::/8' },
	presets: { preset: ['permissions', 'signOnAndKeys'] },
	roles: { roles: 'ADMIN, MEMBER, ANALYST' },
	targets: { targets: '!nobody@*, !Nowhere*' },
	text: { text: 'nowhere to be found' },
	'all but text': {
		actors: '!svc-*@example.com',
		eventPatterns: '*',
		excludeSystem: true,
		ipAddresses: '!10.0.0.0/8, !fd00::/8',
		roles: '!NOBODY',
	},
};

/** Processor time of each filter over all records, in milliseconds. */
export function measureFilters(pages: readonly string[]): Map<string, number> {
	const records = pages.flatMap(parsePage).map((raw) => parseRecord(raw, 0));
	return new Map(
		Object.entries(FILTERS).map(([name, values]) => {
			const parameters = createParameterReader({ filters: values });
			const { matches } = auditLog.getEventFilter(parameters);
			return [`filter: ${name}`, measureCpuMs(() => records.filter(matches))];
		}),
	);
}
