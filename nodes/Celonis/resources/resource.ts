import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from './operation';

/** A resource of the node, with all that belongs to it. */
export interface Resource {
	/** As users read it, in the singular. */
	readonly name: string;
	/** As saved workflows know it. */
	readonly value: string;
	/** The choice of the operation, and the parameters of each. */
	readonly properties: readonly INodeProperties[];
	/** By the value of the parameter 'operation'. */
	readonly operations: Readonly<Record<string, Operation>>;
}
