import { describe, expect, it } from '@jest/globals';
import { FACTS } from '../../../scripts/probe/facts.mts';
import { describeFields } from '../../../scripts/probe/fields.mts';
import { isSafeName } from '../../../scripts/probe/fieldNames.mts';
import { checkReport } from '../../../scripts/probe/report.mts';
import { isSeen } from '../../../scripts/probe/seen.mts';
import { getRule } from '../../celonis/likeRules.mts';
import { createReport } from './emptyReport.mts';

const DOCUMENTED_NAMES = [
	...['userId', 'userRole', 'event', 'timestamp', 'message', 'ipAddress', 'port', 'diffPayload'],
	...['oldValue', 'newValue', 'authenticationEventType', 'email', 'success', 'content', 'pageSize'],
	...['pageNumber', 'totalCount', 'nextPageToken', 'group', 'inactivityPeriod', 'lastLogin'],
	...['nameAndEmail', 'status', 'userEmail', 'sender', 'invitee', 'old_permissions', 'id', 'name'],
	...['new_permissions', 'subject_description', 'subject_type', 'object_description', 'object_id'],
	...['version', 'teamId', 'dataPoolId', 'dataPoolName', 'dataModelId', 'dataJobId', 'clientId'],
	...['clientName', 'application-key-id', 'spaceId', 'nodeId', 'nodeName', 'nodeKey', 'nodeType'],
	...['assetType', 'packageKey', 'variableKey', 'tableName', 'Analysis Id', 'reason'],
	...['max_errors_count', 'dataSourceId', 'dataSourceName', 'dataJobName', 'dataModelName'],
	...['spaceName', 'teamName', 'oldUserName', 'updatedUserName', 'login-history-enabled'],
];

describe('the facts', () => {
	it('have each an ID of its own, an assumption that can be seen, and a rule of the simulator', () => {
		expect(new Set(FACTS.map(({ id }) => id)).size).toBe(FACTS.length);
		const impossible = FACTS.filter(
			({ assumed, kind }) => assumed !== undefined && !isSeen(kind, assumed),
		);
		expect(impossible).toEqual([]);
		for (const { id } of FACTS) expect(getRule(id)).toBeInstanceOf(Function);
	});
});

describe('the names of fields in a report', () => {
	it('are the documented ones', () => {
		expect(DOCUMENTED_NAMES.filter((name) => !isSafeName(name))).toEqual([]);
	});

	it.each([
		'ada@example.com',
		'Ada Lovelace',
		'ada',
		'acme.eu-1.celonis.cloud',
		'203.0.113.7',
		'6f2c1a52-4b1e-4f0a-9d3c-2c1f3e6a7b10',
		'sk_live_1234',
		'user_ada',
		'idAda',
		'2026-06-01',
		'__proto__',
		'constructor',
		'',
		' ',
		`${'id_'.repeat(30)}id`,
	])('are only counted where they may be data: %s', (name) => {
		const object = JSON.parse(`{${JSON.stringify(name)}: 1, "event": "x"}`) as object;
		expect(describeFields([{ ...object }])).toEqual({
			names: { event: ['text'] },
			others: 1,
		});
	});
});

describe('a report', () => {
	it('has one finding for each fact', () => {
		expect(checkReport(createReport()).findings).toHaveLength(FACTS.length);
	});

	const finding = (seen: unknown, id = 'v2.order') => ({
		...createReport(),
		findings: [{ id, seen, verdict: 'seen' }],
	});
	const fields = (names: object, others: unknown = 0) =>
		finding({ names, others }, 'v2.recordFields');

	it.each<[string, object]>([
		['a value as a word', finding('ada@example.com')],
		['a value among words', finding(['yyyy-MM-ddTHH:mm:ssZ', 'Ada'], 'v2.dateForms')],
		['a number that is too large', finding(6_000_000_000_000, 'token.seconds')],
		['a text for a number', finding('899', 'token.seconds')],
		['a name that may be data', fields({ 'ada@example.com': ['text'] })],
		['a value as a type', fields({ event: ['Ada'] })],
		['a text as a count', fields({}, 'Ada')],
		['more than names and a count', finding({ names: {}, others: 0, a: 'Ada' }, 'v2.pageFields')],
		['a fact that does not exist', finding('ok', 'v2.ada')],
		['another end', { ...createReport(), end: 'Ada' }],
		['another credential', { ...createReport(), credential: 'key-1234' }],
		['another field', { ...createReport(), team: 'acme.eu-1.celonis.cloud' }],
		[
			'a reason of its own',
			{ ...createReport(), findings: [{ id: 'v2.id', verdict: 'not seen', reason: 'Ada' }] },
		],
		['no format', { ...createReport(), format: 'something' }],
		['no list', { ...createReport(), findings: {} }],
	])('is refused with %s, without showing it', (_name, report) => {
		expect(() => checkReport(report)).toThrow(
			expect.objectContaining({ message: expect.not.stringMatching(/\bada\b|acme|1234/i) }),
		);
	});
});
