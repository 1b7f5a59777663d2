import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IPollFunctions,
} from 'n8n-workflow';

/** What n8n gives to a node that runs or polls. */
export type NodeContext = IExecuteFunctions | IPollFunctions;

/** The same context with other credentials: n8n's request function asks it for them. */
export function overrideCredentials(
	context: NodeContext,
	getCredentials: (type: string) => Promise<ICredentialDataDecryptedObject>,
): NodeContext {
	return Object.create(context, { getCredentials: { value: getCredentials } }) as NodeContext;
}
