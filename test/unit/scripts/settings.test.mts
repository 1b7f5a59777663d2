import { describe, expect, it } from '@jest/globals';
import { packageRoot } from '../../../scripts/n8n/paths.mts';
import { readStartSettings } from '../../../scripts/n8n/settings.mts';
import { findUnknownVariables } from '../../../scripts/n8n/team.mts';
import { MAX_LINE_LENGTH } from '../../../scripts/n8n/wrap.mts';

const teamUrl = 'https://my-team.eu-1.celonis.cloud';

describe('the settings of npm start', () => {
	it('are a simulator on port 5678 by default, also with blank variables', () => {
		const settings = { port: 5678, userFolder: `${packageRoot}.cache/n8n-home`, team: undefined };
		expect(readStartSettings({})).toEqual(settings);
		const blank = { N8N_PORT: '', N8N_DEMO_HOME: ' ', CELONIS_TEAM_URL: '', CELONIS_APP_KEY: ' ' };
		expect(readStartSettings(blank)).toEqual(settings);
	});

	it('give each port a folder of its own', () => {
		const { userFolder } = readStartSettings({ N8N_PORT: '5688' });
		expect(userFolder).toBe(`${packageRoot}.cache/n8n-home-5688`);
		expect(readStartSettings({ N8N_PORT: '5688', N8N_DEMO_HOME: '/a/b' }).userFolder).toBe('/a/b');
	});

	it.each([
		['my-team.eu-1.celonis.cloud', teamUrl],
		[` ${teamUrl}/ui/audit?x=1 `, teamUrl],
		['http://127.0.0.1:8080/ui', 'http://127.0.0.1:8080'],
	])('accept the team %s', (address, url) => {
		const { team } = readStartSettings({ CELONIS_TEAM_URL: address, CELONIS_APP_KEY: ' key\n' });
		expect(team).toEqual({
			name: new URL(url).hostname,
			url,
			key: { teamUrl: url, keyType: 'appKey', authKey: 'key' },
		});
	});

	it('accept a report for the simulated team, and refuse it for a real one', () => {
		const like = { CELONIS_SIMULATE_LIKE: '/a/probe-report.json' };
		expect(readStartSettings(like).reportFile).toBe('/a/probe-report.json');
		expect(findUnknownVariables(like)).toEqual([]);
		const real = { ...like, CELONIS_TEAM_URL: teamUrl, CELONIS_APP_KEY: 'key' };
		expect(() => readStartSettings(real)).toThrow(
			'CELONIS_SIMULATE_LIKE is for the simulated team',
		);
	});

	it('accept an OAuth client', () => {
		const client = { CELONIS_CLIENT_ID: 'id', CELONIS_CLIENT_SECRET: 'secret' };
		const { team } = readStartSettings({ CELONIS_TEAM_URL: teamUrl, ...client });
		expect(team).toMatchObject({ oAuth2: { teamUrl, clientId: 'id', clientSecret: 'secret' } });
	});

	it('name misspelled variables', () => {
		const env = { CELONIS_TEAM_URL: teamUrl, CELONIS_APPKEY: 'k', CELONIS_URL: '', OTHER: 'x' };
		expect(findUnknownVariables(env)).toEqual(['CELONIS_APPKEY']);
	});

	const key = { CELONIS_APP_KEY: 'top-secret' };
	it.each<[Record<string, string>, RegExp]>([
		[{ CELONIS_TEAM_URL: teamUrl }, /without a key or client, such as CELONIS_APP_KEY/],
		[{ CELONIS_APP_KEY: 'k' }, /CELONIS_APP_KEY is set, but no team: set CELONIS_TEAM_URL/],
		[{ CELONIS_CLIENT_ID: 'i' }, /CELONIS_CLIENT_ID is set without CELONIS_CLIENT_SECRET/],
		[{ CELONIS_CLIENT_SECRET: 'top-secret' }, /CELONIS_CLIENT_SECRET is set without .*CLIENT_ID/],
		[
			{ ...key, CELONIS_CLIENT_ID: 'i', CELONIS_CLIENT_SECRET: 's', CELONIS_TEAM_URL: teamUrl },
			/CELONIS_APP_KEY and CELONIS_CLIENT_ID are both set/,
		],
		[{ ...key, CELONIS_API_KEY: 'k' }, /CELONIS_APP_KEY and CELONIS_API_KEY are both set/],
		[{ ...key, CELONIS_TEAM_URL: 'http://my-team.eu-1.celonis.cloud' }, /unencrypted.*https/],
		[
			{ ...key, CELONIS_TEAM_URL: 'https://me:top-secret@host.example' },
			/not the address of a team/,
		],
		[{ ...key, CELONIS_TEAM_URL: 'ftp://host.example' }, /not the address of a team/],
		[{ ...key, CELONIS_TEAM_URL: 'my team' }, /not the address of a team/],
		...['http', '0', '65534', '1e3', '0x50', '-1', '5678.5'].map(
			(port): [Record<string, string>, RegExp] => [
				{ N8N_PORT: port },
				/N8N_PORT is not a port number from 1 to 65533/,
			],
		),
	])('are refused in one line without secrets: %j', (env, message) => {
		let error: unknown;
		try {
			readStartSettings(env);
		} catch (thrown) {
			error = thrown;
		}
		const { name, message: shown } = error as Error;
		expect(name).toBe('SetupError');
		expect(shown).toMatch(message);
		expect(shown.length).toBeLessThanOrEqual(MAX_LINE_LENGTH);
		expect(shown).not.toMatch(/\n|top-secret/);
	});
});
