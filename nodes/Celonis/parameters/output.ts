import { parseFieldPath } from '../audit/fields';
import type { Output, OutputFormat } from '../audit/output';
import { readList, type ParameterPlace } from './lists';

/** The options that say what an item is to hold. */
export interface OutputOptions {
	readonly output?: OutputFormat;
	readonly fields?: unknown;
}

/** Reads 'Output' and 'Fields'. */
export function readOutput(
	context: ParameterPlace['context'],
	{ output, fields }: OutputOptions,
	itemIndex?: number,
): Output {
	const names = readList({ context, displayName: 'Fields', itemIndex }, fields);
	return { format: output ?? 'event', fields: names.map(parseFieldPath) };
}
