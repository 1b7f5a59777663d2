import { NodeOperationError, type IExecuteFunctions, type IPollFunctions } from 'n8n-workflow';
import { showInput } from './showInput';

/** The context of a node that has parameters. */
export type ParameterContext = IExecuteFunctions | IPollFunctions;

/** Which parameter an error is about. */
export interface ParameterRef {
	readonly context: ParameterContext;
	readonly displayName: string;
	readonly itemIndex?: number;
}

/** What is wrong with a value, to be read after the value, and what to write instead, in sentences. */
export interface Expectation {
	readonly mismatch: string;
	readonly hint: string;
}

/**
 * Throws an error that names the parameter and its value, and says what to write. Without a value the
 * error names the parameter alone. All of it is in the message: n8n hands an AI model nothing else.
 */
export function throwParameterError(
	{ context, displayName, itemIndex }: ParameterRef,
	value: unknown,
	{ mismatch, hint }: Expectation,
): never {
	const shownValue = value === undefined ? '' : `: ${showInput(value)}`;
	const message = `'${displayName}'${shownValue} ${mismatch}. ${hint}`;
	throw new NodeOperationError(context.getNode(), message, {
		itemIndex,
		failure: { cause: 'configuration-invalid' },
	});
}
