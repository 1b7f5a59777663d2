import { NodeOperationError, type IExecuteFunctions, type IPollFunctions } from 'n8n-workflow';

/** Where the value of a parameter comes from. */
export interface ParameterRef {
	readonly context: IExecuteFunctions | IPollFunctions;
	readonly displayName: string;
	readonly itemIndex?: number;
}

/**
 * The entries of a parameter that holds several texts: a list, as multiple choice and expressions
 * give it, or one text with commas or line breaks between the entries. Empty entries do not count.
 */
export function getList(place: ParameterRef, value: unknown): string[] {
	if (value === undefined || value === null) return [];
	const values: unknown[] = Array.isArray(value) ? value : [value];
	return values.flatMap((entry) => {
		if (typeof entry === 'number') return [String(entry)];
		if (typeof entry !== 'string') {
			return throwParameterError(
				place,
				entry,
				'is not a text',
				'Separate several values by commas.',
			);
		}
		return entry.split(/[,\n]/).flatMap((text) => text.trim() || []);
	});
}

/** Reads each entry; one that can't be used is an error that names it. */
export function parseEach<T>(
	place: ParameterRef,
	entries: readonly string[],
	parse: (entry: string) => T | undefined,
	{ mismatch, hint }: { readonly mismatch: string; readonly hint: string },
): T[] {
	return entries.map((entry) => parse(entry) ?? throwParameterError(place, entry, mismatch, hint));
}

/** The one of some choices that a value names, whatever its case; else an error that lists them. */
export function requireChoice<Name extends string>(
	place: ParameterRef,
	value: unknown,
	names: readonly Name[],
): Name {
	const wanted = typeof value === 'string' ? value.trim().toLowerCase() : undefined;
	return (
		names.find((name) => name.toLowerCase() === wanted) ??
		throwParameterError(
			place,
			value,
			'is not one of the choices',
			`The choices are: ${names.join(', ')}.`,
		)
	);
}

/** Ends the execution with an error that names the parameter and the value, and says what to do. */
export function throwParameterError(
	{ context, displayName, itemIndex }: ParameterRef,
	value: unknown,
	mismatch: string,
	hint: string,
): never {
	throw new NodeOperationError(
		context.getNode(),
		`'${displayName}': ${JSON.stringify(value)} ${mismatch}`,
		{ description: hint, itemIndex, failure: { cause: 'configuration-invalid' } },
	);
}
