import type { Locator } from 'playwright-core';

/** The chat below the canvas. */
export class ChatPanel {
	constructor(private readonly panel: Locator) {}

	/** Writes a message. Returns the reply. */
	async ask(text: string): Promise<string> {
		const field = this.panel.getByTestId('chat-input').and(this.panel.locator('textarea'));
		await field.fill(text);
		await field.press('Enter');
		const reply = this.panel.locator('.chat-message-from-bot:not(.chat-message-typing)').last();
		return (await reply.locator('.chat-message-markdown').innerText()).trim();
	}
}
