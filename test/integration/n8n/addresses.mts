import type { IWorkflowExecuteAdditionalData } from 'n8n-workflow';

/** Where n8n is: it tells executions, and none of them goes there. */
export const addresses: Pick<
	IWorkflowExecuteAdditionalData,
	| 'restApiUrl'
	| 'instanceBaseUrl'
	| 'webhookBaseUrl'
	| 'formWaitingBaseUrl'
	| 'webhookWaitingBaseUrl'
	| 'webhookTestBaseUrl'
> = {
	restApiUrl: 'http://localhost',
	instanceBaseUrl: 'http://localhost',
	webhookBaseUrl: 'http://localhost',
	formWaitingBaseUrl: 'http://localhost',
	webhookWaitingBaseUrl: 'http://localhost',
	webhookTestBaseUrl: 'http://localhost',
};
