import type { RestClient } from '../../../scripts/n8n/rest.mts';

/** Writes a message into a workflow's chat in the editor. Returns the reply. */
export async function askInChat(
	api: RestClient,
	workflowId: string,
	triggerName: string,
	chatInput: string,
): Promise<string> {
	const sessionId = crypto.randomUUID();
	await api.post(`/rest/workflows/${workflowId}/run`, {
		triggerToStartFrom: { name: triggerName },
		chatSessionId: sessionId,
	});
	const message = { action: 'sendMessage', sessionId, chatInput };
	const response = await api.send('POST', `/webhook-test/${workflowId}/${sessionId}`, message);
	return (JSON.parse(response) as { output: string }).output;
}
