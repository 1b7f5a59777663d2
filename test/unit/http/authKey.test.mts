import { describe, expect, it } from '@jest/globals';
import { buildAuthorization } from '../../../nodes/Celonis/http/authKey';

describe('buildAuthorization', () => {
	it.each([
		'abc',
		'  abc\n',
		'AppKey abc',
		'appkey   abc ',
		'Bearer abc',
		'Authorization: AppKey abc',
	])('finds the key in %p', (pasted) => {
		expect(buildAuthorization('appKey', pasted)).toBe('AppKey abc');
		expect(buildAuthorization('apiKey', pasted)).toBe('Bearer abc');
	});
});
