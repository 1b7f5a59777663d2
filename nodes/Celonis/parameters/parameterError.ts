import { NodeOperationError, type IExecuteFunctions, type IPollFunctions } from 'n8n-workflow';
import { showValue } from '../records/showValue';

const MAX_SHOWN_LENGTH = 200;

/** The context of a node that has parameters. */
export type ParameterContext = IExecuteFunctions | IPollFunctions;

/** Which parameter an error is about. */
export interface ParameterRef {
	readonly context: ParameterContext;
	readonly displayName: string;
	readonly itemIndex?: number;
}

/** What is wrong with a value, to be read after the value, and what to enter instead. */
export interface Expectation {
	readonly mismatch: string;
	readonly hint: string;
}

/**
 * Throws an error that names the parameter and its value, and says what to do. Without a value the
 * error names the parameter alone.
 */
export function throwParameterError(
	{ context, displayName, itemIndex }: ParameterRef,
	value: unknown,
	{ mismatch, hint }: Expectation,
): never {
	const shownValue = value === undefined ? '' : `: ${showValue(value, MAX_SHOWN_LENGTH)}`;
	throw new NodeOperationError(context.getNode(), `'${displayName}'${shownValue} ${mismatch}`, {
		description: hint,
		itemIndex,
		failure: { cause: 'configuration-invalid' },
	});
}
