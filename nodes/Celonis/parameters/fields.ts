import type { INodeProperties } from 'n8n-workflow';
import { parseFieldPath, type FieldPath } from '../output/fields';
import type { OutputFormat } from '../output/items';
import { KNOWN_FIELDS } from '../output/knownFields';
import type { Expectation } from './parameterError';
import type { ParameterReader } from './parameterReader';

/** The fields that items keep. */
export const fieldsOption: INodeProperties = {
	displayName: 'Fields',
	name: 'fields',
	type: 'string',
	default: '',
	placeholder: 'e.g. timestamp, event, actor.email, eventId',
	description:
		"Fields to keep, separated by commas and named as in the chosen 'Output', such as timestamp, summary. Use dots for nested fields. An item without a field has null. Leave empty to keep all fields. A few fields make a readable table and a short response to an AI agent.",
};

/** Far deeper than anything that Celonis sends. */
const MAX_NAMES = 100;

/** Gets the option 'Fields' for a format; no paths mean all fields. */
export function getFieldPaths(options: ParameterReader, format: OutputFormat): FieldPath[] {
	const knownFields = KNOWN_FIELDS[format];
	return options.getList('Fields', 'fields').map((text) => {
		const path = parseFieldPath(text);
		if (path.length > MAX_NAMES || path.some((name) => name === '' || /["'[\]{}]/.test(name))) {
			return options.fail('Fields', text, FIELD);
		}
		const isNested = path.length > 1 && format === 'summary';
		const isUnknown = knownFields && (isNested || !knownFields.includes(path[0] ?? ''));
		return isUnknown ? options.fail('Fields', text, createExpectation(format, knownFields)) : path;
	});
}

const FIELD: Expectation = {
	mismatch: 'is not the name of a field',
	hint: 'Write names such as timestamp, event, actor.email, or a list such as ["timestamp", "event"]. Elements of lists have no names.',
};

function createExpectation(format: OutputFormat, knownFields: readonly string[]): Expectation {
	return {
		mismatch: `is not a field of the output '${format}'`,
		hint: `Write fields of that format, which are or begin with: ${knownFields.join(', ')}.`,
	};
}
