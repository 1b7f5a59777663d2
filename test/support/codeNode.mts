import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';
import { readExample } from '../../scripts/n8n/workflows.mts';

/** What the code of a Code node sees. */
export interface CodeContext {
	readonly input?: readonly IDataObject[];
	/** The items of other nodes, by name. The others have not run. */
	readonly nodes?: Readonly<Record<string, readonly IDataObject[]>>;
	readonly staticData?: IDataObject;
	/** The time, in the workflow's time zone. */
	readonly now: DateTime;
}

interface CodeItem {
	readonly json: IDataObject;
	readonly binary?: Readonly<Record<string, IDataObject>>;
}

const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor as new (
	...parts: string[]
) => (...values: unknown[]) => Promise<CodeItem[]>;

/** Runs a Code node of an example workflow as n8n does: its text is the body of an async function. */
export async function runCodeNode(
	file: string,
	name: string,
	{ input = [], nodes = {}, staticData = {}, now }: CodeContext,
): Promise<CodeItem[]> {
	const workflow = await readExample(file);
	const code = workflow.nodes.find((node) => node.name === name)?.parameters.jsCode as string;
	const toData = (items: readonly IDataObject[] = []) => {
		const all = items.map((json) => ({ json }));
		return { all: (branch = 0) => (branch === 0 ? all : []), first: () => all[0] };
	};
	const globals: Record<string, unknown> = {
		$input: toData(input),
		$: (node: string) => {
			if (!nodes[node]) throw new Error(`Node '${node}' hasn't been executed`);
			return toData(nodes[node]);
		},
		$now: now,
		$getWorkflowStaticData: () => staticData,
		DateTime,
	};
	const run = new AsyncFunction(...Object.keys(globals), code);
	return await run(...Object.values(globals));
}
