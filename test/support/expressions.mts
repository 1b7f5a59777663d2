import { Workflow, type IDataObject, type INode } from 'n8n-workflow';
import { readExample } from '../../scripts/n8n/workflows.mts';
import { noNodeTypes } from '../integration/n8n/nodeTypes.mts';

/** A node of an example workflow, whose expressions n8n's own engine evaluates. */
export interface ExampleNode {
	readonly parameters: Readonly<Record<string, unknown>>;
	/** The value of an expression for this input, in this run of the node. */
	evaluate(expression: unknown, json: object, runIndex?: number): unknown;
}

export async function openExampleNode(file: string, name: string): Promise<ExampleNode> {
	const { nodes } = await readExample(file);
	const node = nodes.find((each) => each.name === name);
	if (!node) throw new Error(`${file} has no node '${name}'`);
	const workflow = new Workflow({
		// Any type will do: only the parameters count.
		nodes: [{ ...node, type: 'credential', typeVersion: 1, position: [0, 0] } as unknown as INode],
		connections: {},
		active: false,
		nodeTypes: noNodeTypes,
	});
	return {
		parameters: node.parameters,
		evaluate: (expression, json, runIndex = 0) =>
			workflow.expression.getParameterValue(
				expression as string,
				null,
				runIndex,
				0,
				name,
				[{ json: json as IDataObject }],
				'manual',
				{},
			),
	};
}

interface Assignments {
	readonly assignments: ReadonlyArray<{ readonly name: string; readonly value: string }>;
}

/** The assignments of a node 'Edit Fields', by name. */
export function getAssignments({ parameters }: ExampleNode): ReadonlyMap<string, string> {
	const { assignments } = parameters.assignments as Assignments;
	return new Map(assignments.map(({ name, value }) => [name, value]));
}
