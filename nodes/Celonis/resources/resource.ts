import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from './operation';

/** A resource of the node. */
export interface Resource {
	/** Name in the editor, in the singular. */
	readonly name: string;
	/** What it is, in the list of resources. */
	readonly description: string;
	/** Value of the parameter 'resource' in saved workflows. */
	readonly value: string;
	/** The parameter 'operation', and the parameters of each operation. */
	readonly properties: readonly INodeProperties[];
	/** By the value of the parameter 'operation'. */
	readonly operations: Readonly<Record<string, Operation>>;
}
