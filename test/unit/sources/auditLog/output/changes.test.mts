import { describe, expect, it } from '@jest/globals';
import { EVENT_NAMES } from '../../../../../nodes/Celonis/sources/auditLog/catalogue';
import { auditLog } from '../../../../../nodes/Celonis/sources/auditLog';
import { formatEcs } from '../../../../../nodes/Celonis/sources/auditLog/output/ecs';
import { formatOcsf } from '../../../../../nodes/Celonis/sources/auditLog/output/ocsf';
import { findEcsProblems } from '../../../../schemas/ecs.mts';
import { findOcsfProblems } from '../../../../schemas/ocsf.mts';
import { createEvent } from '../../../../support/events.mts';
import { quirks } from './quirks.mts';

type Fields = Record<string, unknown>;

/** The documents of an event in both schemas, which they must conform to. */
function format(raw: Fields) {
	const record = { userId: 'u-1 (ada@example.com)', timestamp: '2026-02-02T14:52:10.903Z', ...raw };
	const event = createEvent(auditLog, record);
	const ecs = formatEcs(event);
	const ocsf = formatOcsf(event);
	expect([...findEcsProblems(ecs), ...findOcsfProblems(ocsf)]).toEqual([]);
	return { ecs, ocsf };
}

describe('a change in OCSF', () => {
	it('has the entity before and after', () => {
		const diffPayload = {
			oldValue: '{"name":"Load","retries":3}',
			newValue: ' {"name":"Load all","retries":12345678901234567890} ',
		};
		const { ocsf } = format({ event: 'DATA_JOB_UPDATED', message: { id: 'j-1' }, diffPayload });
		const entity = { uid: 'j-1', type: 'Data Job', type_id: 99 };
		expect(ocsf.entity).toEqual({ ...entity, name: 'Load', data: { name: 'Load', retries: 3 } });
		expect(ocsf.entity_result).toEqual({
			...entity,
			name: 'Load all',
			data: { name: 'Load all', retries: '12345678901234567890' },
		});
		expect(ocsf.unmapped).not.toHaveProperty('diffPayload');
	});

	it.each<[string, unknown, unknown, unknown]>([
		['texts', { oldValue: 'a', newValue: 'b' }, 'a', 'b'],
		['objects', { oldValue: { a: 1 }, newValue: [1] }, { a: 1 }, [1]],
		['JSON text', '{"oldValue":false,"newValue":0}', false, 0],
		['no old value', { newValue: 'b' }, undefined, 'b'],
		['no new value', { oldValue: 'a', newValue: '' }, 'a', undefined],
		['text that is not JSON', { oldValue: '{a', newValue: '[' }, '{a', '['],
	])('has values that are %s', (_, diffPayload, before, after) => {
		const { ocsf } = format({ event: 'SKILL_UPDATED', message: { id: 's-1' }, diffPayload });
		expect((ocsf.entity as Fields).data).toEqual(before);
		expect((ocsf.entity_result as Fields | undefined)?.data).toEqual(after);
	});

	it('has the name before and after a renaming', () => {
		const diffPayload = { oldValue: 'Old', newValue: 'New' };
		const message = { nodeId: 'n', nodeName: 'New' };
		expect(format({ event: 'STUDIO_NODE_RENAMED', message, diffPayload }).ocsf).toMatchObject({
			entity: { uid: 'n', name: 'Old' },
			entity_result: { uid: 'n', name: 'New' },
		});
	});

	it('keeps a difference of which it does not have all', () => {
		const diffPayload = { oldValue: 'a', newValue: 'b', field: 'c' };
		expect(format({ event: 'SKILL_UPDATED', diffPayload }).ocsf.unmapped).toMatchObject({
			diffPayload,
		});
		const group = { event: 'GROUP_UPDATED', message: { id: 'g' }, diffPayload };
		expect(format(group).ocsf.unmapped).toMatchObject({ diffPayload });
	});

	it.each<[Fields, number, unknown]>([
		[{ message: { 'login-history-enabled': false } }, 9, { 'login-history-enabled': false }],
		[{ message: { 'login-history-enabled': 'true' } }, 8, { 'login-history-enabled': 'true' }],
		[{ diffPayload: { oldValue: 'true', newValue: 'false' } }, 9, 'false'],
		[
			{ diffPayload: { oldValue: '{"enabled":false}', newValue: '{"enabled":true}' } },
			8,
			{ enabled: true },
		],
		[
			{ diffPayload: { oldValue: '{"enabled":true}', newValue: '{"enabled":true}' } },
			3,
			{ enabled: true },
		],
	])('is a setting that was switched on or off: %j', (raw, activity, data) => {
		const { ocsf } = format({ event: 'LOGIN_HISTORY_PREFERENCES_UPDATED', ...raw });
		expect(ocsf).toMatchObject({ activity_id: activity, entity_result: { data } });
	});

	it('does not parse text that is nested too deeply for others', () => {
		const deep = `${'['.repeat(5000)}${']'.repeat(5000)}`;
		const diffPayload = { oldValue: deep, newValue: 'b' };
		const { ocsf } = format({ event: 'SKILL_UPDATED', diffPayload });
		expect((ocsf.entity as Fields).data).toBe(deep);
	});
});

describe('permissions', () => {
	it.each<[unknown, unknown, string[], string[]]>([
		[['READ', 'SHARE'], ['READ', 'WRITE'], ['WRITE'], ['SHARE']],
		['["READ"]', '["WRITE"]', ['WRITE'], ['READ']],
		['READ', 'WRITE', ['WRITE'], ['READ']],
	])(
		'from %j to %j are granted and revoked ones in both schemas',
		(before, after, gained, lost) => {
			for (const event of ['PERMISSIONS_UPDATE', 'APPLICATION_KEY_UPDATED', 'NEW_FEATURE']) {
				const message = { old_permissions: before, new_permissions: after };
				const { ecs, ocsf } = format({ event, message });
				expect(ecs.celonis).toMatchObject({ privileges: { gained, lost } });
				expect(ocsf.unmapped).toMatchObject({ privileges: { gained, lost } });
			}
		},
	);
});

describe('a message that is JSON text', () => {
	it('is read as the object it is', () => {
		const message = { status: 'FAILED', reason: 'No rows', dataJobId: 'j', dataJobName: 'Load' };
		const raw = { event: 'DATA_JOB_MANUALLY_EXECUTED', message: `\n${JSON.stringify(message)}` };
		expect(format(raw)).toMatchObject({
			ecs: {
				event: { outcome: 'failure', reason: 'No rows' },
				entity: { target: { id: 'j', name: 'Load' } },
				celonis: { message },
			},
			ocsf: {
				status_id: 2,
				status_code: 'FAILED',
				status_detail: 'No rows',
				unmapped: { message },
			},
		});
	});

	it('is text if it is no object', () => {
		for (const message of ['[1]', '"a"', '{"a"', 'null', '7']) {
			const { ecs, ocsf } = format({ event: 'SKILL_UPDATED', message });
			for (const fields of [ecs.celonis, ocsf.unmapped]) {
				expect(fields).toMatchObject({ messageText: message });
				expect(fields).not.toHaveProperty('message');
			}
		}
	});

	it.each([
		['FAILED: no rows', 'failure'],
		['Error in row 7', 'failure'],
		['SUCCESS', 'success'],
		['Done', 'unknown'],
	])('or the status of a run: %s', (message, outcome) => {
		const { ecs, ocsf } = format({ event: 'DATA_JOB_MANUALLY_EXECUTED', message });
		expect(ecs).toMatchObject({ event: { outcome } });
		expect(ocsf.status_code).toBe(message);
	});

	it('is no status of another event', () => {
		const { ecs } = format({ event: 'STUDIO_NODE_UPDATED', message: 'Error dashboard' });
		expect(ecs).toMatchObject({ event: { outcome: 'success' } });
	});
});

describe('the fields of the record', () => {
	it('have one JSON type in all documents', () => {
		const types = new Map<string, string>();
		for (const [quirk, changes] of quirks) {
			for (const event of ['PERMISSIONS_UPDATE', 'SKILL_UPDATED', 'NEW_FEATURE', EVENT_NAMES[0]]) {
				const { ecs, ocsf } = format({ event, ...changes });
				const documents = { celonis: ecs.celonis, unmapped: ocsf.unmapped };
				for (const [document, fields] of Object.entries(documents)) {
					for (const [name, value] of Object.entries(fields as Fields)) {
						const type = Array.isArray(value) ? 'array' : typeof value;
						const path = `${document}.${name}`;
						expect(`${path} ${quirk}: ${type}`).toBe(
							`${path} ${quirk}: ${types.get(path) ?? type}`,
						);
						types.set(path, type);
					}
				}
			}
		}
		expect([...types.values()]).toEqual(expect.arrayContaining(['string', 'object', 'array']));
	});

	it('keep values of other types, and names that stand for something else, as text', () => {
		const raw = {
			event: 'SKILL_UPDATED',
			userRole: 7,
			port: 70_000,
			message: ['a'],
			privileges: 'own',
			severity: { own: 1 },
			sessions: [1, { a: 2 }],
		};
		const { ecs, ocsf } = format(raw);
		const texts = { userRole: '7', port: '70000', messageText: '["a"]', sessions: '[1,{"a":2}]' };
		expect(ecs.celonis).toMatchObject({
			...texts,
			privilegesText: 'own',
			severityText: '{"own":1}',
			severity: { level: 'informational' },
		});
		expect(ocsf.unmapped).toMatchObject({ ...texts, privilegesText: 'own', severity: '{"own":1}' });
	});

	it.each(['__proto__', 'constructor', 'toString'])('may be called %s', (name) => {
		const text = `{"event":"NEW_FEATURE","timestamp":"2026-02-02T14:52:10Z","message":{"${name}":"x@y.com"},"${name}":"v"}`;
		const raw = JSON.parse(text) as Fields;
		const event = { raw, eventId: 'e', team: 'team.example', timestampMs: 0 };
		const celonis = formatEcs(event).celonis as Fields;
		const unmapped = formatOcsf(event).unmapped as Fields;
		for (const fields of [celonis, unmapped]) {
			expect(Object.getPrototypeOf(fields)).toBe(Object.prototype);
			expect(Object.getOwnPropertyDescriptor(fields, name)?.value).toBe('v');
		}
		expect(formatEcs(event).related).toMatchObject({ user: ['x@y.com'] });
	});
});
