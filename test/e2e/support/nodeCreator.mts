import type { Page } from 'playwright-core';
import { waitFor } from '../../../scripts/n8n/waitFor.mts';
import { NodePanel } from './nodePanel.mts';

/** The panel from which nodes are added. */
export class NodeCreator {
	constructor(private readonly page: Page) {}

	/** Searches for a text. Returns the offered names once `expected` is among them. */
	async search(text: string, expected: string): Promise<string[]> {
		await this.page.getByTestId('node-creator-search-bar').fill(text);
		const names = this.page.getByTestId('node-creator-item-name');
		return await waitFor(
			async () => {
				const found = (await names.allInnerTexts()).map((name) => name.trim());
				return found.includes(expected) ? found : undefined;
			},
			{ description: `"${expected}" among the nodes for "${text}"`, timeoutMs: 20_000 },
		);
	}

	/** Adds a node of n8n with one of its actions. The node opens by itself. */
	async addAction(name: string, action: string): Promise<NodePanel> {
		for (const each of [name, action]) {
			const exact = this.page.getByText(each, { exact: true });
			await this.page.getByTestId('node-creator-item-name').and(exact).first().click();
		}
		return await NodePanel.opened(this.page);
	}

	/** Adds a node of a community package, whose page n8n shows first. The node opens by itself. */
	async add(name: string): Promise<NodePanel> {
		const exact = this.page.getByText(name, { exact: true });
		await this.page.getByTestId('node-creator-item-name').and(exact).click();
		await this.page.getByText('Add to workflow', { exact: true }).click();
		return await NodePanel.opened(this.page);
	}
}
