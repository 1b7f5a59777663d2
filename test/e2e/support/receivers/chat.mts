import { startReceiver, type Receiver } from './receiver.mts';

export interface Chat extends Receiver {
	/** The messages as displayed. */
	readonly messages: string[];
	/** Whether it is out of order. */
	isDown: boolean;
}

/** An incoming webhook of a chat such as Slack. */
export async function startChat(): Promise<Chat> {
	const messages: string[] = [];
	const state = { messages, isDown: false };
	const receiver = await startReceiver(({ method, path, headers, body }) => {
		if (state.isDown) return { status: 503, body: 'service_unavailable' };
		if (method !== 'POST' || !path.startsWith('/services/')) {
			return { status: 404, body: 'no_service' };
		}
		if (!headers['content-type']?.startsWith('application/json')) {
			return { status: 400, body: 'invalid_payload' };
		}
		const { text } = JSON.parse(body) as { text?: unknown };
		if (typeof text !== 'string' || text === '') return { status: 400, body: 'no_text' };
		// Angle brackets mark a link, or the mention of a person or channel.
		if (/[<>]|&(?!(amp|lt|gt);)/.test(text)) return { status: 400, body: 'invalid_blocks' };
		messages.push(renderMessage(text));
		return { status: 200, body: 'ok' };
	});
	return Object.assign(state, receiver);
}

function renderMessage(text: string): string {
	return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
