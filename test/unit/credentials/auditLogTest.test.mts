import { describe, expect, it } from '@jest/globals';
import { auditLogTest } from '../../../credentials/auditLogTest';

interface Rule {
	readonly type: string;
	readonly properties: {
		readonly key?: string;
		readonly value?: unknown;
		readonly message: string;
	};
}

const rules = (auditLogTest.rules ?? []) as readonly Rule[];

/** What n8n's credential tester does with a response: its message, or `undefined` if it is green. */
function testCredential(status: number, body: unknown): string | undefined {
	if (status >= 300) {
		const rule = rules.find(({ type, properties }) => {
			return type === 'responseCode' && properties.value === status;
		});
		return rule?.properties.message ?? `Received HTTP status code: ${status}`;
	}
	// lodash's `get`, for a name without dots.
	const get = (key: string) => (body as Record<string, unknown> | null | undefined)?.[key];
	return rules.find(({ type, properties }) => {
		return type === 'responseSuccessBody' && get(properties.key ?? '') === properties.value;
	})?.properties.message;
}

describe('the credential test', () => {
	it.each([
		[{ content: [], nextPageToken: null }],
		[{ content: [{ event: 'LOGIN' }], pageNumber: 0, pageSize: 1, totalCount: 7 }],
	])('is green for %j', (page) => {
		expect(testCredential(200, page)).toBeUndefined();
	});

	it.each([
		[undefined],
		[null],
		[''],
		['<!DOCTYPE html><html><title>n8n</title></html>'],
		['OK'],
		[{}],
		[[]],
		[{ status: 'ok' }],
		[{ data: [] }],
		[{ error: 'Unauthorized' }],
		[{ access_token: 'x' }],
	])('is red for %j with status 200', (body) => {
		expect(testCredential(200, body)).toContain('not a page of the audit log');
	});

	it.each([301, 302, 303, 307, 308, 400, 401, 403, 404, 405, 407, 413, 429, 500, 502, 503, 504])(
		'explains status %i, and that a proxy may be to blame',
		(status) => {
			const message = testCredential(status, '');
			expect(message).toContain(String(status));
			expect(message).toMatch(/proxy/i);
			expect(message).not.toMatch(/[{}]|undefined/);
		},
	);

	it('follows no redirect, since n8n would send the key along', () => {
		expect(auditLogTest.request).toMatchObject({ disableFollowRedirect: true });
	});
});
