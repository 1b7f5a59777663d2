import type { Json } from '../executions.mts';
import { startReceiver, type Receiver } from './receiver.mts';

export interface ModelRequest {
	model: string;
	messages: Array<{ role: string; content: unknown; tool_call_id?: string }>;
	tools: Array<{ type: 'function'; function: { name: string; parameters: Json } }>;
}

/** What the model says next: a text, or a call of a tool. */
export type Turn = { text: string } | { tool: string; arguments: Json };

export interface ChatModel extends Receiver {
	readonly requests: ModelRequest[];
}

/**
 * An OpenAI-compatible server with one model that thinks nothing: it says what the script says, turn by
 * turn. Refuses a call without the key, and one that does not carry the result that was asked for.
 */
export async function startChatModel(apiKey: string, script: Turn[]): Promise<ChatModel> {
	const requests: ModelRequest[] = [];
	const receiver = await startReceiver(({ path, headers, body }) => {
		if (headers.authorization !== `Bearer ${apiKey}`) return failure(401, 'Incorrect API key');
		if (path !== '/v1/chat/completions') return failure(404, `Unknown: ${path}`);
		const request = JSON.parse(body) as ModelRequest;
		const turn = script[requests.length];
		const last = request.messages.at(-1);
		const asked = requests.length > 0 ? callId(requests.length - 1) : undefined;
		if (!turn) return failure(400, 'The script is over');
		if (asked !== undefined && last?.tool_call_id !== asked) {
			return failure(400, `No result of ${asked}`);
		}
		requests.push(request);
		return { status: 200, body: completion(request.model, turn, callId(requests.length - 1)) };
	});
	return { ...receiver, requests };
}

function completion(model: string, turn: Turn, id: string): object {
	const isText = 'text' in turn;
	const message = isText
		? { role: 'assistant', content: turn.text }
		: { role: 'assistant', content: null, tool_calls: [toolCall(turn, id)] };
	return {
		id: `chatcmpl-${id}`,
		object: 'chat.completion',
		created: 1_780_000_000,
		model,
		choices: [{ index: 0, message, finish_reason: isText ? 'stop' : 'tool_calls' }],
		usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
	};
}

function toolCall(turn: { tool: string; arguments: Json }, id: string): object {
	const call = { name: turn.tool, arguments: JSON.stringify(turn.arguments) };
	return { id, type: 'function', function: call };
}

function callId(turn: number): string {
	return `call_${turn + 1}`;
}

function failure(status: number, message: string) {
	return { status, body: { error: { message, type: 'invalid_request_error' } } };
}
