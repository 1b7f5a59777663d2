import type { Json } from '../executions.mts';
import { startReceiver, type Receiver } from './receiver.mts';

export interface ModelRequest {
	model: string;
	messages: Array<{ role: string; content: unknown; tool_call_id?: string }>;
	tools: Array<{ type: 'function'; function: { name: string; parameters: Json } }>;
}

/** The next output of the model: a text, or a call of a tool. */
export type Turn = { text: string } | { tool: string; arguments: Json };

/** A turn, or how the model derives it from what it is shown. */
export type ScriptedTurn = Turn | ((request: ModelRequest) => Turn);

export interface ChatModel extends Receiver {
	readonly requests: ModelRequest[];
}

/**
 * An OpenAI-compatible server with one model that follows a script, turn by turn. Rejects a call without
 * the key, and one without the result of the requested tool call.
 */
export async function startChatModel(apiKey: string, script: ScriptedTurn[]): Promise<ChatModel> {
	const requests: ModelRequest[] = [];
	const receiver = await startReceiver(({ path, headers, body }) => {
		if (headers.authorization !== `Bearer ${apiKey}`) return createError(401, 'Incorrect API key');
		// The test of n8n's credential.
		if (path === '/v1/models') return { status: 200, body: { object: 'list', data: [] } };
		if (path !== '/v1/chat/completions') return createError(404, `Unknown: ${path}`);
		const request = JSON.parse(body) as ModelRequest;
		const scripted = script[requests.length];
		const turn = typeof scripted === 'function' ? scripted(request) : scripted;
		const last = request.messages.at(-1);
		const requested = requests.length > 0 ? getCallId(requests.length - 1) : undefined;
		if (!turn) return createError(400, 'The script is over');
		if (requested !== undefined && last?.tool_call_id !== requested) {
			return createError(400, `No result of ${requested}`);
		}
		requests.push(request);
		return {
			status: 200,
			body: createCompletion(request.model, turn, getCallId(requests.length - 1)),
		};
	});
	return { ...receiver, requests };
}

function createCompletion(model: string, turn: Turn, id: string): object {
	const isText = 'text' in turn;
	const message = isText
		? { role: 'assistant', content: turn.text }
		: { role: 'assistant', content: null, tool_calls: [createToolCall(turn, id)] };
	return {
		id: `chatcmpl-${id}`,
		object: 'chat.completion',
		created: 1_780_000_000,
		model,
		choices: [{ index: 0, message, finish_reason: isText ? 'stop' : 'tool_calls' }],
		usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
	};
}

function createToolCall(turn: { tool: string; arguments: Json }, id: string): object {
	const call = { name: turn.tool, arguments: JSON.stringify(turn.arguments) };
	return { id, type: 'function', function: call };
}

function getCallId(turn: number): string {
	return `call_${turn + 1}`;
}

function createError(status: number, message: string) {
	return { status, body: { error: { message, type: 'invalid_request_error' } } };
}
