import { describe, expect, it } from '@jest/globals';
import {
	indexMembers,
	parseMember,
	parseNameAndEmail,
} from '../../../nodes/Celonis/members/directory';

describe('parseNameAndEmail', () => {
	it.each([
		['Ada Lovelace (ada@example.com)', 'Ada Lovelace'],
		['Ada Lovelace <ada@example.com>', 'Ada Lovelace'],
		['Ada Lovelace ada@example.com', 'Ada Lovelace'],
		['Lovelace, Ada - ada@example.com', 'Lovelace, Ada'],
		['ada@example.com, Ada Lovelace', 'Ada Lovelace'],
		['Ada (Analytics) (ada@example.com)', 'Ada (Analytics)'],
		['ada@example.com', undefined],
	])('parses %s', (text, name) => {
		expect(parseNameAndEmail(text)).toEqual({ name, email: 'ada@example.com' });
	});

	it.each([
		['a@ @b @ Ada <x@y>', { name: 'a@ @b @ Ada', email: 'x@y' }],
		['@a@b', { name: undefined, email: '@a@b' }],
		['- : ; Ada, , -', { name: 'Ada', email: undefined }],
	])('parses %s', (text, expected) => {
		expect(parseNameAndEmail(text)).toEqual(expected);
	});

	it.each([
		['Ada Lovelace', { name: 'Ada Lovelace', email: undefined }],
		['', { name: undefined, email: undefined }],
	])('parses "%s", which has no e-mail address or name', (text, expected) => {
		expect(parseNameAndEmail(text)).toEqual(expected);
	});
});

describe('parseMember', () => {
	it('parses groups that are text or objects', () => {
		const group = ['Security', { name: 'Platform' }, { groupName: 'Audit' }, 7, null];
		expect(parseMember({ userId: 'u-1', group }).groups).toEqual(['Security', 'Platform', 'Audit']);
	});

	it.each([null, 'a text', 7, [], {}, { group: 'Security', userId: 3 }])('parses %j', (value) => {
		expect(parseMember(value)).toMatchObject({ groups: [] });
	});
});

describe('indexMembers', () => {
	const ada = { id: 'U-1', email: 'ada@example.com', groups: [] };
	const bob = { id: 'u-2', email: 'Bob@example.com', groups: [] };
	const members = indexMembers([ada, bob, { groups: ['without a name'] }]);

	it.each([
		['the ID, case-insensitively', { id: 'u-1', email: null }, ada],
		['the e-mail address if the ID is unknown', { id: 'x', email: 'bob@EXAMPLE.com' }, bob],
		['the ID rather than the e-mail address', { id: 'u-2', email: 'ada@example.com' }, bob],
		['nothing', { id: null, email: null }, undefined],
	])('finds by %s', (_, actor, expected) => {
		expect(members.find(actor)).toBe(expected);
	});
});
