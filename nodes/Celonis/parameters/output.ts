import { parseFieldPath } from '../audit/fields';
import { OUTPUT_FORMATS, type Output } from '../audit/output';
import { readList, requireChoice, type ParameterPlace } from './lists';

/** The options that say what an item is to hold. */
export interface OutputOptions {
	readonly output?: unknown;
	readonly fields?: unknown;
}

/** Reads 'Output' and 'Fields'; a form that does not exist is an error that lists those that do. */
export function readOutput(
	context: ParameterPlace['context'],
	{ output = 'event', fields }: OutputOptions,
	itemIndex?: number,
): Output {
	const placeOf = (displayName: string): ParameterPlace => ({ context, displayName, itemIndex });
	return {
		format: requireChoice(placeOf('Output'), output, OUTPUT_FORMATS),
		fields: readList(placeOf('Fields'), fields).map(parseFieldPath),
	};
}
