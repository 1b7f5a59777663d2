import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { defaultAppKey, defaultPoolId } from '../access.mts';
import { auditV2Path } from '../auditV2.mts';
import { manualClock } from '../clock.mts';
import { startSimulator, type Simulator } from '../simulator.mts';
import { TABLES_PATH } from './tablesPage.mts';

const START = '2026-06-01T08:00:00Z';
const HOSTILE = `<script src="https://example.com/x.js">'&amp;</script>`;
const ESCAPED =
	'&#60;script src=&#34;https://example.com/x.js&#34;&#62;&#39;&#38;amp;&#60;/script&#62;';

let simulator: Simulator;

beforeEach(async () => {
	simulator = await startSimulator({ clock: manualClock(START) });
});
afterEach(async () => await simulator.close());

const open = async (path: string, accept = 'text/html,*/*') => {
	const response = await fetch(simulator.url + path, { headers: { accept } });
	return { response, text: await response.text() };
};

/** What a page would load or run. */
const ACTIVE = /<(script|iframe|img|form|object)|\son\w+=|@import|(src|href)="(?!\/|data:,)/i;

describe('the page of the simulator', () => {
	it('shows events, tables and requests, without keys', async () => {
		simulator.log.append({ timestamp: START, event: 'USER_LOGGED_IN', userId: 'u1 (a@b.c)' });
		const authorization = `AppKey ${defaultAppKey.key}`;
		await fetch(`${simulator.url}${auditV2Path}?limit=1`, { headers: { authorization } });

		const { response, text } = await open('/');
		expect(response.headers.get('content-type')).toContain('text/html');
		expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
		expect(text).toContain('<td>2 events</td>');
		expect(text).toContain('<td>USER_LOGGED_IN</td>\n<td>u1 (a@b.c)</td>');
		expect(text).toContain(`GET ${auditV2Path}?limit=1`);
		expect(text).toContain(defaultPoolId);
		expect(text).toContain(`href="${TABLES_PATH}"`);
		expect(text).not.toContain(defaultAppKey.key);
	});

	it('escapes all text, and loads nothing', async () => {
		simulator.log.append({ timestamp: START, event: HOSTILE, userId: { name: HOSTILE } });
		await fetch(`${simulator.url}/${encodeURIComponent(HOSTILE)}?q=${encodeURIComponent(HOSTILE)}`);

		const { text } = await open('/');
		expect(text).toContain(ESCAPED);
		expect(text).not.toMatch(ACTIVE);
		expect((await open(TABLES_PATH)).text).not.toMatch(ACTIVE);
	});

	it('is for browsers only, and no request of the team', async () => {
		expect((await open('/', 'application/json')).response.status).toBe(404);
		await open('/');
		expect(simulator.requests).toHaveLength(1);
	});
});
