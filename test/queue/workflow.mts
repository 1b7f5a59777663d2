import type { CredentialReferences } from '../../scripts/n8n/credentials.mts';
import type { Workflow } from '../../scripts/n8n/workflows.mts';
import { createNode, createTriggerWorkflow } from '../e2e/support/workflows.mts';

/** How many events go into one request to the receiver. */
const batchSize = 500;

/** Forwards the events of the trigger to a receiver in batches, as for a SIEM. */
export function createForwardingWorkflow(
	parameters: Record<string, unknown>,
	credentials: Required<CredentialReferences>,
	receiverUrl: string,
): Workflow {
	const access = { authentication: 'oAuth2', apiVersion: 'v2' } as const;
	const workflow = createTriggerWorkflow(parameters, access, credentials);
	return {
		...workflow,
		name: 'Forward new events',
		nodes: [
			...workflow.nodes,
			{ ...createNode('Batches', 'n8n-nodes-base.splitInBatches', { batchSize }), typeVersion: 3 },
			createNode('One List', 'n8n-nodes-base.aggregate', { aggregate: 'aggregateAllItemData' }),
			{
				...createNode('Send', 'n8n-nodes-base.httpRequest', {
					method: 'POST',
					url: receiverUrl,
					sendBody: true,
					specifyBody: 'json',
					jsonBody: '={{ JSON.stringify($json.data) }}',
				}),
				typeVersion: 4.2,
			},
		],
		connections: {
			'Celonis Trigger': { main: [[to('Batches')]] },
			Batches: { main: [[], [to('One List')]] },
			'One List': { main: [[to('Send')]] },
			Send: { main: [[to('Batches')]] },
		},
	};
}

function to(name: string) {
	return { node: name, type: 'main', index: 0 };
}
