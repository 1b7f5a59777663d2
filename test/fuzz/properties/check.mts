import type fc from 'fast-check';
import { formatMessage, isCelonisError } from '../../../nodes/Celonis/errors/celonisError';

/** What must hold for any input. It throws, or rejects, if it does not hold. */
export type Property = fc.IAsyncProperty<unknown> | fc.IProperty<unknown>;

/** Properties by name. */
export type Properties = Readonly<Record<string, Property>>;

export function check(holds: boolean, otherwise: string): void {
	if (!holds) throw new Error(otherwise);
}

/** The result of `get`; nothing if it throws an error about a parameter. */
export function orParameterError<T>(get: () => T): T | undefined {
	try {
		return get();
	} catch (error) {
		// By name: the scripts load another copy of n8n-workflow than the nodes.
		check(error instanceof Error && error.name === 'NodeOperationError', `threw ${String(error)}`);
		return undefined;
	}
}

/** Ignores a `CelonisError` with a complete message; any other error fails. */
export async function orCelonisError(work: Promise<unknown>): Promise<void> {
	await work.catch((error: unknown) => {
		if (!isCelonisError(error)) throw new Error(`threw ${String(error)}`);
		// What a page says may be anything.
		const page = error.details.page && 'page';
		const message = formatMessage({ ...error.details, page });
		check(!/[{}]|undefined/.test(message), message);
	});
}
