import { NodeOperationError, type IExecuteFunctions, type IPollFunctions } from 'n8n-workflow';

type Context = IExecuteFunctions | IPollFunctions;

/** The value of a parameter that must be a whole number from 1 to `most`; else an error that names it. */
export function requireWholeNumber(
	context: Context,
	displayName: string,
	value: unknown,
	itemIndex?: number,
	most = Infinity,
): number {
	return requireNumber(
		context,
		displayName,
		value,
		(number) => Number.isInteger(number) && number <= most,
		most === Infinity ? 'a whole number of 1 or more' : `a whole number from 1 to ${most}`,
		itemIndex,
	);
}

/** The value of a parameter that must be greater than 0; else an error that names it. */
export function requirePositive(
	context: Context,
	displayName: string,
	value: unknown,
	itemIndex?: number,
): number {
	return requireNumber(
		context,
		displayName,
		value,
		Number.isFinite,
		'a number greater than 0',
		itemIndex,
	);
}

function requireNumber(
	context: Context,
	displayName: string,
	value: unknown,
	isOfKind: (number: number) => boolean,
	demand: string,
	itemIndex?: number,
): number {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (typeof number === 'number' && isOfKind(number) && number > 0) return number;
	throw new NodeOperationError(context.getNode(), `'${displayName}' must be ${demand}`, {
		description: `It is ${JSON.stringify(value)}. Change the parameter '${displayName}' of this node.`,
		itemIndex,
	});
}
