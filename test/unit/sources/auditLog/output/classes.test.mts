import { describe, expect, it } from '@jest/globals';
import { auditLog } from '../../../../../nodes/Celonis/sources/auditLog';
import { loginHistory } from '../../../../../nodes/Celonis/sources/loginHistory';
import { EVENT_NAMES, getCategory } from '../../../../../nodes/Celonis/sources/auditLog/catalogue';
import { findEcsProblems } from '../../../../schemas/ecs.mts';
import { findOcsfProblems } from '../../../../schemas/ocsf.mts';

type Fields = Record<string, unknown>;

const someNames = EVENT_NAMES.filter((_, i) => i % 10 === 0);
const timestamp = '2026-02-02T14:52:10.903Z';

/** Documents of a log in both schemas, which they must conform to, for the host of a team. */
function format(raw: Fields, team = 'acme.eu-1.celonis.cloud', log = auditLog) {
	const event = { raw: { timestamp, ...raw }, eventId: 'e-1', team, timestampMs: 0 };
	const ecs = log.formatters.ecs(event);
	const ocsf = log.formatters.ocsf(event);
	expect([...findEcsProblems(ecs), ...findOcsfProblems(ocsf)]).toEqual([]);
	return { ecs, ocsf };
}

describe('the team', () => {
	const login = { authenticationEventType: 'LOGIN', email: 'a@example.com', success: true };

	it.each([
		['acme.eu-1.celonis.cloud', 'acme.eu-1.celonis.cloud'],
		['acme.example:8443', 'acme.example'],
		['127.0.0.1:5000', '127.0.0.1'],
		['[::1]:5000', '[::1]'],
	])('%s is in every document', (team, host) => {
		const documents = [
			...someNames.map((event) => format({ event }, team)),
			format({ event: 'NEW_FEATURE' }, team),
			format(login, team, loginHistory),
		];
		for (const { ecs, ocsf } of documents) {
			expect(ecs).toMatchObject({
				organization: { name: team },
				url: { domain: host },
				related: { hosts: [host] },
			});
			expect(ocsf).toMatchObject({ metadata: { tenant_uid: team } });
		}
	});

	it('is in the document of a record that cannot be read', () => {
		const event = {
			raw: {},
			eventId: 'e',
			team: 'acme.example',
			timestampMs: 0,
			problem: 'invalidTimestamp',
		} as const;
		for (const log of [auditLog, loginHistory]) {
			expect(log.formatters.ecs(event)).toMatchObject({
				organization: { name: 'acme.example' },
				related: { hosts: ['acme.example'] },
			});
			const ocsf = log.formatters.ocsf(event);
			expect(ocsf).toMatchObject({ metadata: { tenant_uid: 'acme.example' }, severity_id: 0 });
			expect(findOcsfProblems(ocsf)).toEqual([]);
		}
	});

	it.each([
		['acme.eu-1.celonis.cloud', { hostname: 'acme.eu-1.celonis.cloud' }],
		['127.0.0.1:5000', { ip: '127.0.0.1' }],
		['[::1]', { ip: '::1' }],
	])('%s is the destination in the classes that have one', (team, endpoint) => {
		const api = format({ event: 'NEW_FEATURE' }, team);
		expect(api.ocsf.dst_endpoint).toEqual(endpoint);
		expect(format(login, team, loginHistory).ocsf.dst_endpoint).toEqual(endpoint);
		expect(format({ event: 'GROUP_CREATED' }, team).ocsf).not.toHaveProperty('dst_endpoint');
	});
});

describe('the port', () => {
	it.each(['443', 443, ' 443 '])('%p is that of the server', (port) => {
		const { ecs, ocsf } = format({ event: 'NEW_FEATURE', port, ipAddress: '203.0.113.7' });
		expect(ecs.destination).toEqual({
			address: 'acme.eu-1.celonis.cloud',
			domain: 'acme.eu-1.celonis.cloud',
			port: 443,
		});
		expect(ecs.source).not.toHaveProperty('port');
		expect(ocsf).toMatchObject({
			dst_endpoint: { port: 443 },
			src_endpoint: { ip: '203.0.113.7' },
		});
		expect(ocsf.unmapped).not.toHaveProperty('port');
	});

	it.each([0, 65_536, '-1', '4.5', 'https', '', null, {}, '443 444'])('%p is no port', (port) => {
		const { ecs, ocsf } = format({ event: 'NEW_FEATURE', port });
		expect(ecs).not.toHaveProperty('destination');
		expect(ocsf.dst_endpoint).not.toHaveProperty('port');
	});
});

describe('categories', () => {
	it.each([
		...['SSO_PROVIDER_CREATED', 'SSO_PROVIDER_TOGGLED', 'SSO_PROVIDER_DELETED', 'SCIM_UPDATED'],
		...['TWO_FACTOR_UPDATED', 'IP_RESTRICTIONS_SET', 'IP_RESTRICTIONS_RESET'],
	])('%s is iam and configuration', (event) => {
		expect(format({ event }).ecs).toMatchObject({ event: { category: ['iam', 'configuration'] } });
	});

	it.each([
		'FILE_UPLOAD_CREATED',
		'FILE_UPLOAD_HISTORY_ENTRY_DELETED',
		'TASK_MINING_NEW_CONFIGURATION_UPLOADED',
	])('%s is configuration and file', (event) => {
		expect(format({ event }).ecs).toMatchObject({ event: { category: ['configuration', 'file'] } });
	});

	it.each<[string, unknown, string[]]>([
		['LOGIN', true, ['authentication', 'session']],
		['LOGOUT', true, ['authentication', 'session']],
		['LOGIN_SSO', false, ['authentication']],
		['BAD_CREDENTIALS', null, ['authentication']],
		['LOGIN_WITH_PASSKEY', true, ['authentication']],
	])('%s with success %p is %j', (authenticationEventType, success, category) => {
		const raw = { authenticationEventType, success, email: 'a@example.com' };
		expect(format(raw, undefined, loginHistory).ecs).toMatchObject({ event: { category } });
	});

	it('of Celonis are features of the product in OCSF', () => {
		for (const event of [...EVENT_NAMES, 'NEW_FEATURE']) {
			expect(format({ event }).ocsf).toMatchObject({
				metadata: { product: { feature: { name: getCategory(event) } } },
			});
		}
	});
});

describe('an activity that OCSF does not have', () => {
	it('has the name of the event', () => {
		for (const event of [...EVENT_NAMES, 'NEW_FEATURE']) {
			const { ocsf } = format({ event });
			if (ocsf.activity_id === 99) expect(ocsf.activity_name).toBe(event);
		}
		expect(format({}).ocsf).toMatchObject({ activity_id: 99, activity_name: 'Other' });
	});
});

describe('the status code', () => {
	it.each<[Fields, unknown]>([
		[{ event: 'DATA_JOB_MANUALLY_EXECUTED', message: { status: 'Failed' } }, 'Failed'],
		[{ event: 'SKILL_UPDATED', message: { status: 7 } }, '7'],
		[{ event: 'SKILL_UPDATED', message: { status: { code: 7 } } }, undefined],
	])('of %j is %p', (raw, code) => {
		expect(format(raw).ocsf.status_code).toBe(code);
	});

	it('of a failed login is its type', () => {
		const raw = { authenticationEventType: 'BAD_CREDENTIALS', success: false, email: 'a@b.com' };
		expect(format(raw, undefined, loginHistory).ocsf).toMatchObject({
			status_code: 'BAD_CREDENTIALS',
			status_detail: 'Wrong credentials',
		});
	});
});

describe('the fields of a login', () => {
	it.each([
		[{ success: 'true' }, { success: true }],
		[{ success: 'no' }, { successText: 'no' }],
		[
			{ actor: { a: 1 }, email: ['a'] },
			{ actorText: '{"a":1}', email: '["a"]' },
		],
	])('of %j have one JSON type', (fields, expected) => {
		const raw = { authenticationEventType: 'LOGIN', ...fields };
		expect(format(raw, undefined, loginHistory).ecs.celonis).toMatchObject(expected);
	});
});
