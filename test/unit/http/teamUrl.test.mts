import { describe, expect, it } from '@jest/globals';
import { Workflow, type INode } from 'n8n-workflow';
import { buildOriginExpression, parseTeamOrigin } from '../../../nodes/Celonis/http/teamUrl';
import { noNodeTypes } from '../../integration/n8n/nodeTypes.mts';

const valid: Array<[string, string]> = [
	['https://team.eu-1.celonis.cloud', 'https://team.eu-1.celonis.cloud'],
	['  https://team.eu-1.celonis.cloud/  ', 'https://team.eu-1.celonis.cloud'],
	['https://Team.EU-1.celonis.cloud/ui/admin?tab=1#x', 'https://team.eu-1.celonis.cloud'],
	['HTTPS://team.try.celonis.cloud', 'https://team.try.celonis.cloud'],
	['https://audit.example.com:8443/x', 'https://audit.example.com:8443'],
	['http://localhost:4010', 'http://localhost:4010'],
	['http://127.0.0.1:4010/ui', 'http://127.0.0.1:4010'],
	['http://[::1]:4010', 'http://[::1]:4010'],
];

const withoutScheme: Array<[string, string]> = [
	['team.eu-1.celonis.cloud', 'https://team.eu-1.celonis.cloud'],
	[' Team.eu-1.celonis.cloud/ui?x=1 ', 'https://team.eu-1.celonis.cloud'],
	['audit.example.com:8443/x', 'https://audit.example.com:8443'],
	['127.0.0.1:4010', 'https://127.0.0.1:4010'],
	['localhost:4010', 'https://localhost:4010'],
];

const invalid: unknown[] = [
	'',
	'   ',
	undefined,
	null,
	42,
	'team',
	'team.eu-1.celonis.cloud@example.com',
	'user:secret@team.eu-1.celonis.cloud',
	'team.eu-1.celonis.cloud\\@example.com',
	'//team.eu-1.celonis.cloud',
	'https:team.eu-1.celonis.cloud',
	'http://team.eu-1.celonis.cloud',
	'http://localhost.example.com',
	'http://127.0.0.1.example.com',
	'http://127.0.0.1@example.com',
	'https://team.eu-1.celonis.cloud@example.com',
	'https://user:secret@team.eu-1.celonis.cloud',
	'https://team.eu-1.celonis.cloud\\@example.com',
	'https://team.eu-1.celonis.cloud /x',
	'ftp://team.eu-1.celonis.cloud',
	'https://',
	'javascript:alert(1)',
	'{{ $secrets }}',
];

const node: INode = {
	id: '1',
	name: 'Credential',
	type: 'credential',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** Resolves the expression as n8n does, for a credential with this team URL. */
function resolve(teamUrl: unknown): unknown {
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: noNodeTypes,
	});
	const data = { teamUrl, address: buildOriginExpression('$self', '/oauth2/token') };
	const resolved = workflow.expression.getComplexParameterValue(
		node,
		data as never,
		'internal',
		{},
		undefined,
		undefined,
		data as never,
	);
	return (resolved as Record<string, unknown>).address;
}

describe('a team URL', () => {
	it.each(valid)('%s has the origin %s', (teamUrl, origin) => {
		expect(parseTeamOrigin(teamUrl)).toBe(origin);
		expect(new URL(teamUrl).origin).toBe(origin);
		expect(resolve(teamUrl)).toBe(`${origin}/oauth2/token`);
	});

	it.each(withoutScheme)('%s stands for %s', (teamUrl, origin) => {
		expect(parseTeamOrigin(teamUrl)).toBe(origin);
		expect(resolve(teamUrl)).toBe(`${origin}/oauth2/token`);
	});

	it.each(invalid)(
		'%p is invalid, and n8n builds a URL from it that no client can request',
		(teamUrl) => {
			expect(parseTeamOrigin(teamUrl)).toBeUndefined();
			const address = String(resolve(teamUrl));
			expect(address).toBe('team-url-must-start-with-https://oauth2/token');
		},
	);
});
