import { describe, expect, it } from '@jest/globals';
import type { IExecuteFunctions } from 'n8n-workflow';
import { loginHistory } from '../../../../nodes/Celonis/sources/loginHistory';

const context = {
	getNode: () => ({ name: 'Celonis', type: 'celonis', parameters: {} }),
} as unknown as IExecuteFunctions;

const history = [
	['LOGIN', 'ada@example.com', true],
	['LOGIN_SSO', 'Bob@Example.com', true],
	['BAD_CREDENTIALS', 'bob@example.com', false],
	['LOGOUT', 'ada@example.com', true],
	['LOGIN', 'eve@elsewhere.example', false],
	['LOGIN_PASSKEY', null, null],
] as const;

/** Numbers of the events that pass. */
function passing(given: Record<string, unknown>): number[] {
	const { matches } = loginHistory.getEventFilter(context, given);
	return history.flatMap(([authenticationEventType, email, success], index) =>
		matches({ raw: { authenticationEventType, email, success }, timestampMs: 0 }) ? [index] : [],
	);
}

describe('filters of the login history', () => {
	it.each<[Record<string, unknown>, number[]]>([
		[{}, [0, 1, 2, 3, 4, 5]],
		[{ outcome: 'any' }, [0, 1, 2, 3, 4, 5]],
		[{ outcome: 'success' }, [0, 1, 3]],
		[{ outcome: 'failure' }, [2, 4]],
		[{ types: ['LOGIN', 'login_sso'] }, [0, 1, 4]],
		[{ types: 'LOGIN_PASSKEY, LOGOUT' }, [3, 5]],
		[{ actors: '*@example.com' }, [0, 1, 2, 3]],
		[{ actors: '!ada@*' }, [1, 2, 4, 5]],
		[{ actors: '*@example.com', outcome: 'failure', types: ['BAD_CREDENTIALS'] }, [2]],
	])('%j lets through %j', (given, expected) => {
		expect(passing(given)).toEqual(expected);
	});

	it.each([
		[{ outcome: 'maybe' }, '\'Outcome\': "maybe" is not one of the choices'],
		[{ actors: 'a{2}' }, '\'Actors\': "a{2}" is not a pattern'],
	])('%j is refused', (given, message) => {
		expect(() => passing(given)).toThrow(message);
	});

	it('tells whether any is set', () => {
		const isSet = (given: object) => loginHistory.getEventFilter(context, given).hasFilters;
		expect([isSet({}), isSet({ outcome: 'any' }), isSet({ outcome: 'failure' })]).toEqual([
			false,
			false,
			true,
		]);
	});
});
