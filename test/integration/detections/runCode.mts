import { createContext, runInContext } from 'node:vm';
import type { IDataObject } from 'n8n-workflow';

/** An item of the example workflow. */
export interface Alert {
	timestamp: string | null;
	level: string;
	title: string;
	event: string | null;
	who: string;
	whom: string | null;
	what: string | null;
	change: string | null;
	eventId: string | null;
}

/** Runs the code of a Code node as n8n does, as the body of a function, and returns its items. */
export function runCode(jsCode: string, items: readonly IDataObject[]): Alert[] {
	const input = { all: () => items.map((json) => ({ json })) };
	const context = createContext({ $input: input });
	const result = runInContext(`(() => {${jsCode}\n})()`, context) as Array<{ json: Alert }>;
	return JSON.parse(JSON.stringify(result.map(({ json }) => json))) as Alert[];
}
