import type { IExecuteFunctions } from 'n8n-workflow';

/** Shows a hint with the output in n8n's editor. Returns whether this n8n can. */
export function addExecutionHint(
	context: IExecuteFunctions,
	type: 'info' | 'warning',
	message: string,
): boolean {
	// Older versions of n8n do not have this function.
	if (typeof context.addExecutionHints !== 'function') return false;
	// n8n shows hints as HTML, and names in them may come from the items.
	const text = message.replace(/[<>&]/g, (letter) => `&#${letter.charCodeAt(0)};`);
	context.addExecutionHints({ message: text, type, location: 'outputPane' });
	return true;
}
