import { describe, expect, it } from '@jest/globals';
import type { INodeProperties } from 'n8n-workflow';
import { Celonis } from '../../../nodes/Celonis/Celonis.node';
import { CelonisTrigger } from '../../../nodes/Celonis/CelonisTrigger.node';

/** The parameters of the operations that read, and those in their collections. */
const parameters = new Celonis().description.properties
	.filter(({ displayOptions }) => !displayOptions?.show?.resource?.includes('dataPool'))
	.flatMap(({ options = [], ...property }): INodeProperties[] =>
		property.type === 'collection'
			? (options as INodeProperties[])
			: [{ ...property, options } as INodeProperties],
	);

const getTitle = ({ displayName, name, displayOptions }: INodeProperties) =>
	`${displayOptions?.show?.resource?.[0] ?? ''} ${displayName} (${name})`;

describe('what a model is told about a parameter', () => {
	const texts = parameters.filter(({ type }) =>
		['string', 'dateTime', 'multiOptions'].includes(type),
	);

	it('is known of all', () => {
		expect(texts.length).toBeGreaterThan(20);
	});

	it.each(texts.map((property) => [getTitle(property), property] as const))(
		'%s: what to write, with an example',
		(_title, { description, options = [] }) => {
			const values = options.flatMap((option) => ('value' in option ? [option.value] : []));
			const namesValues =
				values.length > 0 && values.every((value) => description?.includes(`${value}`));
			expect(namesValues || description?.includes('such as ')).toBe(true);
		},
	);

	it.each(['output', 'outcome'])('%s: all of its values', (name) => {
		const found = parameters.filter((property) => property.name === name);
		expect(found.length).toBeGreaterThan(0);
		for (const { description, options = [] } of found) {
			for (const option of options) {
				expect(description).toContain('value' in option ? option.value : option.name);
			}
		}
	});

	it('about an operation is more than its name', () => {
		const operations = parameters.filter(({ name }) => name === 'operation');
		const descriptions = operations.flatMap(({ options = [] }) =>
			options.map((option) => ('description' in option ? option.description : undefined)),
		);
		expect(descriptions).toHaveLength(6);
		for (const text of descriptions) expect(text).toMatch(/: |, /);
	});
});

describe('what a user is told about the source of the trigger', () => {
	it('is the scope of each log', () => {
		const { properties } = new CelonisTrigger().description;
		const source = properties.find(({ name }) => name === 'source');
		expect(source?.description).toContain("'audit.log:read' (Audit Log)");
		expect(source?.description).toContain("'team.login-history:read' (Login History)");
	});
});
