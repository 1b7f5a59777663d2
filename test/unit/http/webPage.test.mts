import { describe, expect, it } from '@jest/globals';
import { classifyResponse } from '../../../nodes/Celonis/http/classification';
import { describePage } from '../../../nodes/Celonis/http/webPage';

const createResponse = (status: number, body: unknown, headers: Record<string, string> = {}) => ({
	status,
	headers,
	body,
	sentAtMs: 0,
	durationMs: 0,
});

const classify = (...response: Parameters<typeof createResponse>) =>
	classifyResponse('auditLog', createResponse(...response))?.details.code;

describe('describePage', () => {
	const describeBody = (body: string, secrets: string[] = []) =>
		describePage(createResponse(403, body), secrets);

	it.each([
		['<html><head><title>403 Forbidden</title></head></html>', '"403 Forbidden"'],
		['<TITLE lang="en">\n  Access \n denied </TITLE>', '"Access denied"'],
		['<title>A &amp; B &#39;C&#x27; &lt;&nbsp;&unknown; &#99999999;', 'a web page without a title'],
		['<title>A &amp; B &#39;C&#x27; &lt; &unknown;</title>', `"A & B 'C' < &unknown;"`],
		['<title> </title><h1>Blocked <b>by</b> Acme</h1>', '"Blocked by Acme"'],
		['<p>Nothing</p>', 'a web page without a title'],
		['Access denied by policy 7', '"Access denied by policy 7"'],
		['  ', 'an empty response'],
		[`<title>${'x'.repeat(100)}</title>`, `"${'x'.repeat(79)}…"`],
		[`<title>${'x'.repeat(1e6)}</title>`, 'a web page without a title'],
	])('describes %.60s', (body, expected) => {
		expect(describeBody(body)).toBe(expected);
	});

	it('redacts secrets, also those that entities hide', () => {
		const page = '<title>Bad key s3cret&amp;12345 or Bearer abcdefghijkl</title>';
		expect(describeBody(page, ['s3cret&12345'])).toBe('"Bad key *** or Bearer ***"');
	});
});

describe('whose error it is', () => {
	it.each([
		[400, { errorInformation: 'Odd' }, {}, 'badRequest'],
		[400, 'Odd value', {}, 'badRequest'],
		[401, 'Invalid "Authorization" header format. Should start …', {}, 'unauthorized'],
		[401, { error: 'Unauthorized' }, { via: '1.1 squid' }, 'unauthorized'],
		[403, { detail: 'Access is denied' }, { server: 'nginx' }, 'forbidden'],
		[403, '', { server: 'nginx' }, 'forbiddenWithoutReason'],
		[403, '{"detail":"cut o', {}, 'forbidden'],
		[403, '"Denied"', {}, 'forbidden'],
		[403, 'RBAC: access denied', {}, 'proxyRefused'],
		[403, '<html>', {}, 'proxyRefused'],
		[403, '\uFEFF\n <!DOCTYPE html>', {}, 'proxyRefused'],
		[403, 'Filtered', { 'content-type': 'text/html' }, 'proxyRefused'],
		[400, 'Bad request', { server: 'tinyproxy/1.11.1' }, 'proxyRefused'],
		[400, '', { 'x-squid-error': 'ERR_X 0' }, 'proxyRefused'],
		[400, '<html>', {}, 'proxyRefused'],
		[401, '<html>', {}, 'proxyRefused'],
		[418, '<html>', {}, 'proxyRefused'],
		[495, '<html>', {}, 'proxyRefused'],
		[404, '<html>', {}, 'notFound'],
		[407, '<html>', {}, 'proxyAuthenticationRequired'],
		[413, '<html>', {}, 'requestTooLarge'],
		[413, '', {}, 'requestTooLarge'],
		[429, '<html>', {}, 'rateLimited'],
		[408, '<html>', {}, 'proxyUnavailable'],
		[500, '<html>', {}, 'proxyUnavailable'],
		[502, '<html>', {}, 'proxyUnavailable'],
		[522, '<html>', {}, 'proxyUnavailable'],
		[503, 'no healthy upstream', {}, 'unavailable'],
		[302, '<html>', {}, 'redirect'],
		[200, '<html>', {}, 'htmlResponse'],
		[200, '"hello"', { 'content-type': 'application/json' }, 'unexpectedJson'],
		[200, '"hel', { 'content-type': 'application/json' }, 'truncatedResponse'],
	])('%i %j %j: %s', (status, body, headers: Record<string, string>, code) => {
		expect(classify(status, body, headers)).toBe(code);
	});
});
