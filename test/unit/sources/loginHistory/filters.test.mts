import { describe, expect, it } from '@jest/globals';
import { loginHistory } from '../../../../nodes/Celonis/sources/loginHistory';
import { createParameterReader } from '../../../support/parameterReader';

const records = [
	['LOGIN', 'ada@example.com', true],
	['LOGIN_SSO', 'Bob@Example.com', true],
	['BAD_CREDENTIALS', 'bob@example.com', false],
	['LOGOUT', 'ada@example.com', true],
	['LOGIN', 'eve@elsewhere.example', false],
	['LOGIN_PASSKEY', null, null],
] as const;

const getEventFilter = (filters: Record<string, unknown>) =>
	loginHistory.getEventFilter(createParameterReader({ filters }));

/** The indexes of the records that pass the filters. */
function filterRecords(filters: Record<string, unknown>): number[] {
	const { matches } = getEventFilter(filters);
	return records.flatMap(([authenticationEventType, email, success], index) =>
		matches({ raw: { authenticationEventType, email, success }, timestampMs: 0 }) ? [index] : [],
	);
}

describe('the filters of the login history', () => {
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
	])('%j keep %j', (filters, expected) => {
		expect(filterRecords(filters)).toEqual(expected);
	});

	it.each([
		[{ outcome: 'maybe' }, '\'Outcome\': "maybe" is not one of the choices'],
		[{ actors: 'a{2}' }, '\'Actors\': "a{2}" is not a pattern'],
	])('reject %j', (filters, message) => {
		expect(() => filterRecords(filters)).toThrow(message);
	});

	it.each([
		[{}, false],
		[{ outcome: 'any' }, false],
		[{ outcome: 'failure' }, true],
	])('know whether any is set: %j', (filters, expected) => {
		expect(getEventFilter(filters).hasFilters).toBe(expected);
	});
});
