import { describe, expect, it } from '@jest/globals';
import { findBodyError } from '../../../nodes/Celonis/http/bodyError';
import { classifyResponse } from '../../../nodes/Celonis/http/classification';

const RECORD = { status: 500, error: 'of the record', success: false, message: { errors: ['x'] } };

const respond = (body: unknown) => ({
	status: 200,
	headers: {},
	body,
	sentAtMs: 0,
	durationMs: 1,
});

describe('findBodyError', () => {
	it.each([
		{ content: [RECORD] },
		{ content: [RECORD], message: 'One record' },
		{ content: [], error: null, errors: [], status: 200, success: true },
		{ content: [], errors: [null], error: { code: 0, message: '' }, errorCode: 'none' },
		{ content: [], statusCode: '200 OK', code: 0, defaultPageSize: 200, faulty: 'x' },
		{ totalCount: 500, pageSize: 500 },
		[{ status: 500 }],
		null,
		'error',
	])('finds none in %j', (body) => {
		expect(findBodyError(body)).toBeUndefined();
	});

	it.each([
		[{ status: 404 }, 404],
		[{ Status_Code: ' 503 Service Unavailable' }, 503],
		[{ status: 200, code: 429 }, 429],
		[{ content: [RECORD], status: { code: 500 } }, 500],
		[{ status: 600 }, undefined],
		[{ code: '40001' }, undefined],
		[{ content: [RECORD], has_errors: true }, undefined],
		[{ content: [RECORD], frontendErrorKey: 'x' }, undefined],
		[{ content: [RECORD], exception: { type: 'Timeout' } }, undefined],
		[{ content: [RECORD], partial: true }, undefined],
		[{ content: [RECORD], ok: 'FALSE' }, undefined],
		[{ message: 'Down for maintenance' }, undefined],
	])('finds one in %j', (body, status) => {
		expect(findBodyError(body)).toEqual(status === undefined ? {} : { status });
	});
});

describe('a response with status 200', () => {
	it('is the error that its body names, without secrets', () => {
		const body = { status: 503, detail: 'No key s3cret-key' };
		const error = classifyResponse('auditLog', respond(body), ['s3cret-key']);
		expect(error?.details).toMatchObject({
			code: 'unavailable',
			status: 503,
			detail: 'No key ***',
		});
	});

	it('shows what a nested error says', () => {
		const error = classifyResponse('auditLog', respond({ error: { message: 'Shard 2' } }));
		expect(error?.details).toMatchObject({ code: 'errorInBody', status: 200, detail: 'Shard 2' });
	});

	it('is a data push job whatever its own fields say', () => {
		const job = { id: 'job', status: 'ERROR', logs: [], error: 'Out of space' };
		expect(classifyResponse('dataPush', respond(job))).toBeUndefined();
	});
});
