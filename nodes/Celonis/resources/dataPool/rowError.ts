/** Marks a `RowError`, whichever copy of this module created it. */
const ROW_ERROR = Symbol.for('n8n-nodes-celonis/RowError');

/** A row that cannot be pushed. */
export class RowError extends Error {
	readonly [ROW_ERROR] = true;

	constructor(
		/** Index of the row, from 0. */
		readonly rowIndex: number,
		message: string,
		readonly hint: string,
	) {
		super(message);
	}
}

/** Whether this is a `RowError`. `instanceof` would fail where the module is loaded twice. */
export function isRowError(error: unknown): error is RowError {
	return typeof error === 'object' && error !== null && ROW_ERROR in error;
}
