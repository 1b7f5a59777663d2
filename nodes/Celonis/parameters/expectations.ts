import type { INodeProperties } from 'n8n-workflow';
import type { Expectation } from './parameterError';

/** A list of texts. */
export const TEXT_LIST: Expectation = {
	mismatch: 'is not text',
	hint: 'Write values separated by commas, such as A, B, or a list of texts, such as ["A", "B"].',
};

/** A boolean. */
export const BOOLEAN: Expectation = {
	mismatch: 'is neither true nor false',
	hint: 'Write true or false.',
};

/** A date. */
export const DATE_TIME: Expectation = {
	mismatch: 'is not a date and time',
	hint: 'Write a date such as 2026-01-31, a date and time such as 2026-01-31T08:00:00Z, epoch seconds or milliseconds, or a relative date: now, now-24h, now-7d, today, yesterday.',
};

/** A date in the range that the API can express. */
export const DATE_OUT_OF_RANGE: Expectation = {
	...DATE_TIME,
	mismatch: 'is not between the years 1000 and 9998',
};

/** One of some names. */
export function createChoice(names: readonly string[]): Expectation {
	return { mismatch: 'is not one of the choices', hint: `Write one of: ${names.join(', ')}.` };
}

/** A number, in words; its default is the example. */
export function createNumber(expected: string, example: number): Expectation {
	return {
		mismatch: `is not a ${expected}`,
		hint: `Write a ${expected}, such as ${example}.`,
	};
}

/** An object with some of these properties as its fields. The first one is the example. */
export function createObject(properties: readonly INodeProperties[]): Expectation {
	const names = properties.map(({ name }) => name);
	const [first] = properties;
	const value = first?.placeholder?.replace(/^e\.g\. /, '') ?? first?.default;
	const example =
		first && value !== undefined ? `, such as ${JSON.stringify({ [first.name]: value })}` : '';
	return {
		mismatch: 'is not an object',
		hint: `Write an object with some of: ${names.join(', ')}${example}.`,
	};
}
