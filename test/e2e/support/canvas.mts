import type { Locator, Page } from 'playwright-core';
import { ChatPanel } from './chatPanel.mts';
import { NodeCreator } from './nodeCreator.mts';
import { NodePanel } from './nodePanel.mts';
import { saveScreenshot } from './screenshots.mts';

/** The canvas of one workflow. */
export class Canvas {
	constructor(private readonly page: Page) {}

	/** Opens the list of nodes on an empty canvas. */
	async addFirstStep(): Promise<NodeCreator> {
		await this.page.getByTestId('canvas-plus-button').click();
		await this.page.getByTestId('node-creator-search-bar').waitFor();
		return new NodeCreator(this.page);
	}

	/** Opens the list of nodes to add one behind another. */
	async addAfter(name: string): Promise<NodeCreator> {
		await this.node(name).getByTestId('canvas-handle-plus').click();
		await this.page.getByTestId('node-creator-search-bar').waitFor();
		return new NodeCreator(this.page);
	}

	/** Imports a workflow from a file, into an empty one, and waits until n8n has created it. */
	async importFile(path: string): Promise<void> {
		await this.page.getByTestId('workflow-menu').first().click();
		await this.page.getByRole('menuitem', { name: 'Import' }).hover();
		const choosing = this.page.waitForEvent('filechooser');
		await this.page.getByRole('menuitem', { name: 'From file' }).click();
		const created = this.page.waitForResponse(/\/rest\/workflows(\/\w+)?(\?.*)?$/);
		await (await choosing).setFiles(path);
		await this.page.getByTestId('canvas-node').first().waitFor();
		await created;
	}

	async openNode(name: string): Promise<NodePanel> {
		await this.node(name).dblclick();
		return await NodePanel.opened(this.page);
	}

	/** Executes the workflow, and waits for the success of its last node. */
	async execute(lastNode: string): Promise<void> {
		await this.page.getByTestId('execute-workflow-button').click();
		await this.node(lastNode).getByTestId('canvas-node-status-success').waitFor();
	}

	/** Opens the chat of a workflow with a chat trigger. */
	async openChat(): Promise<ChatPanel> {
		await this.page.getByTestId('workflow-chat-button').click();
		const panel = this.page.getByTestId('canvas-chat');
		await panel.waitFor();
		return new ChatPanel(panel);
	}

	/** The names below the nodes. */
	async readNodeNames(): Promise<string[]> {
		const nodes = this.page.getByTestId('canvas-node');
		await nodes.first().waitFor();
		return await nodes.evaluateAll((elements) =>
			elements.map((element) => element.getAttribute('data-node-name') ?? ''),
		);
	}

	/** Publishes the workflow. */
	async publish(): Promise<void> {
		await this.page.getByTestId('workflow-open-publish-modal-button').click();
		const activated = this.page.waitForResponse(/\/rest\/workflows\/[^/]+\/activate$/);
		await this.page.getByTestId('workflow-publish-button').click();
		const response = await activated;
		await this.page.getByText('Publishing...').waitFor({ state: 'hidden' });
		if (!response.ok()) throw new Error(`n8n answered ${response.status()} to publishing`);
		// n8n shows an explanation.
		await this.page.getByRole('button', { name: 'Got it' }).click();
	}

	/** Publishes the workflow, and confirms it with the Enter key. */
	async publishWithEnter(): Promise<void> {
		await this.page.getByTestId('workflow-open-publish-modal-button').click();
		await this.page.getByTestId('workflow-publish-button').press('Enter');
		await this.page.getByText('Workflow published').waitFor();
	}

	/** The id in the address. */
	getWorkflowId(): string {
		const id = /\/workflow\/([^/?]+)/.exec(this.page.url())?.[1];
		if (id === undefined) throw new Error(`No workflow is open: ${this.page.url()}`);
		return id;
	}

	async saveScreenshot(step: string): Promise<void> {
		await saveScreenshot(this.page, step);
	}

	private node(name: string): Locator {
		const named = this.page.locator(`[data-node-name="${name}"]`);
		return this.page.getByTestId('canvas-node').and(named);
	}
}
