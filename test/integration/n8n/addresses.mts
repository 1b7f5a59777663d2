import type { IWorkflowExecuteAdditionalData } from 'n8n-workflow';

/** The addresses of n8n, which executions know but never call. */
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
