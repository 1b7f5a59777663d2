import type { RestClient } from '../../../scripts/n8n/rest.mts';

/** Writes into a workflow's chat in the editor; gives what is answered there. */
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
	const answer = await api.send('POST', `/webhook-test/${workflowId}/${sessionId}`, message);
	return (JSON.parse(answer) as { output: string }).output;
}
