import { describe, expect, it } from '@jest/globals';
import { buildAuthorization } from '../../../nodes/Celonis/http/authKey';

describe('authorizationOf', () => {
	it.each([
		'abc',
		'  abc\n',
		'AppKey abc',
		'appkey   abc ',
		'Bearer abc',
		'Authorization: AppKey abc',
	])('takes the key out of %p', (pasted) => {
		expect(buildAuthorization('appKey', pasted)).toBe('AppKey abc');
		expect(buildAuthorization('apiKey', pasted)).toBe('Bearer abc');
	});
});
