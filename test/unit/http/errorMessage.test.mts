import { describe, expect, it } from '@jest/globals';
import { extractErrorMessage } from '../../../nodes/Celonis/http/errorMessage';

describe('extractErrorMessage', () => {
	it.each([
		[{ error: 'Unauthorized' }, 'Unauthorized'],
		[{ title: 'Access Denied.', status: 403, detail: 'Access is denied' }, 'Access is denied'],
		[{ frontendErrorKey: 'x', errorInformation: 'Bad page' }, 'Bad page'],
		[{ reference: 'r-1', message: 'Oops', shortMessage: 'O' }, 'Oops (reference r-1)'],
		[{ reference: 'r-1' }, 'No details (reference r-1)'],
		[{ errors: [{ attribute: 'from', error: 'not a date', errorCode: 'E' }] }, 'not a date'],
		[{ timestamp: 1, status: 500, error: 'Server Error', path: '/x' }, 'Server Error'],
		['Plain  words\nover lines', 'Plain words over lines'],
	])('finds the message in %p', (body, message) => {
		expect(extractErrorMessage(body)).toBe(message);
	});

	it.each(['', undefined, null, {}, [], '<html>Sign in</html>', { detail: ' ' }])(
		'finds no message in %p',
		(body) => {
			expect(extractErrorMessage(body)).toBeUndefined();
		},
	);

	it('redacts credentials that a server echoes', () => {
		const echoed = 'Bad header "Authorization: AppKey c2VjcmV0LWtleQ==" or Bearer eyJhbGciOi.J9';
		expect(extractErrorMessage(echoed)).toBe(
			'Bad header "Authorization: AppKey ***" or Bearer ***',
		);
	});

	it('redacts the given secrets', () => {
		expect(extractErrorMessage({ detail: 'No key s3cret-1, nor s3cret-1' }, ['s3cret-1'])).toBe(
			'No key ***, nor ***',
		);
		expect(extractErrorMessage('{"detail":"No key s3cret-1"}', ['s3cret-1'])).toBe('No key ***');
	});

	it('redacts a secret that the shortening would cut', () => {
		const text = `${'x '.repeat(4997)}s3cret-1234567890`;
		expect(extractErrorMessage({ detail: text }, ['s3cret-1234567890'])).not.toContain('s3c');
		const long = `${'x'.repeat(290)} s3cret-1234567890`;
		expect(extractErrorMessage({ detail: long }, ['s3cret-1234567890'])).not.toContain('s3');
	});

	it('survives errors that are nested without an end', () => {
		const nested = `${'{"error":'.repeat(20_000)}"x"${'}'.repeat(20_000)}`;
		expect(extractErrorMessage(JSON.parse(nested))).toBeUndefined();
	});

	it('is short', () => {
		expect(extractErrorMessage('x'.repeat(5000))).toHaveLength(300);
	});
});
