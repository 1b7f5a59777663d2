import { describe, expect, it } from '@jest/globals';
import { KNOWN_FIELDS } from '../../../nodes/Celonis/output/knownFields';
import { auditLog } from '../../../nodes/Celonis/sources/auditLog';
import { EVENT_NAMES } from '../../../nodes/Celonis/sources/auditLog/catalogue';
import { loginHistory } from '../../../nodes/Celonis/sources/loginHistory';
import { LOGIN_TYPE_NAMES } from '../../../nodes/Celonis/sources/loginHistory/loginTypes';
import { createEvent } from '../../support/events.mts';
import { quirks } from '../sources/auditLog/output/quirks.mts';

const timestamp = '2026-02-02T14:52:10.903Z';
const record = {
	timestamp,
	userId: 'u-1 (ada@example.com)',
	ipAddress: '203.0.113.7',
	port: '443',
};
const events = EVENT_NAMES.flatMap((event, i) =>
	[{}, quirks[i % quirks.length]![1]].map((changes) =>
		createEvent(auditLog, { ...record, event, ...changes }),
	),
);
const logins = LOGIN_TYPE_NAMES.flatMap((authenticationEventType) =>
	[{ success: true }, {}].map((fields) =>
		createEvent(loginHistory, {
			timestamp,
			authenticationEventType,
			email: 'ada@example.com',
			...fields,
		}),
	),
);

describe.each(['summary', 'ecs', 'ocsf'] as const)('the fields of %s', (format) => {
	it('include those of all events', () => {
		const documents = [
			...events.map((event) => auditLog.formatters[format](event)),
			...logins.map((event) => loginHistory.formatters[format](event)),
		];
		const fields = new Set(documents.flatMap((document) => Object.keys(document)));
		expect([...fields].filter((field) => !KNOWN_FIELDS[format]?.includes(field))).toEqual([]);
	});
});
