import type { Page } from 'playwright-core';
import { NodeCreator } from './nodeCreator.mts';
import { NodePanel } from './nodePanel.mts';
import { saveScreenshot } from './screenshots.mts';

/** The canvas of one workflow. */
export class Canvas {
	constructor(private readonly page: Page) {}

	/** Opens the list of nodes on a canvas that is still empty. */
	async addFirstStep(): Promise<NodeCreator> {
		await this.page.getByTestId('canvas-plus-button').click();
		await this.page.getByTestId('node-creator-search-bar').waitFor();
		return new NodeCreator(this.page);
	}

	async openNode(name: string): Promise<NodePanel> {
		const node = this.page
			.getByTestId('canvas-node')
			.and(this.page.locator(`[data-node-name="${name}"]`));
		await node.dblclick();
		return await NodePanel.opened(this.page);
	}

	/** What stands below the nodes. */
	async nodeNames(): Promise<string[]> {
		const nodes = this.page.getByTestId('canvas-node');
		await nodes.first().waitFor();
		return await nodes.evaluateAll((elements) =>
			elements.map((element) => element.getAttribute('data-node-name') ?? ''),
		);
	}

	/** Makes the workflow active. */
	async publish(): Promise<void> {
		await this.page.getByTestId('workflow-open-publish-modal-button').click();
		const activated = this.page.waitForResponse(/\/rest\/workflows\/[^/]+\/activate$/);
		await this.page.getByTestId('workflow-publish-button').click();
		const answer = await activated;
		await this.page.getByText('Publishing...').waitFor({ state: 'hidden' });
		if (!answer.ok()) throw new Error(`n8n answered ${answer.status()} to publishing`);
		// n8n explains what that means.
		await this.page.getByRole('button', { name: 'Got it' }).click();
	}

	/** As n8n names it in its address. */
	workflowId(): string {
		const id = /\/workflow\/([^/?]+)/.exec(this.page.url())?.[1];
		if (id === undefined) throw new Error(`No workflow is open: ${this.page.url()}`);
		return id;
	}

	async screenshot(step: string): Promise<void> {
		await saveScreenshot(this.page, step);
	}
}
