import type { BrowserContext } from 'playwright-core';
import type { Login } from '../../../scripts/n8n/rest.mts';
import { NodePanel } from './nodePanel.mts';

/** n8n's editor in a browser, by what a person does in it. */
export class Editor {
	constructor(
		private readonly profile: BrowserContext,
		private readonly url: string,
	) {}

	/** For all tabs of the profile. The sign-in page sends the same, and the cookie is the same. */
	async signIn({ email, password }: Login): Promise<void> {
		const data = { emailOrLdapLoginId: email, password };
		const answer = await this.profile.request.post(`${this.url}/rest/login`, { data });
		if (!answer.ok()) throw new Error(`n8n answered ${answer.status()} to signing in`);
	}

	/** Opens a workflow in a tab of its own, and in it a node. */
	async openNode(workflowId: string, nodeName: string): Promise<NodePanel> {
		const page = await this.profile.newPage();
		await page.goto(`${this.url}/workflow/${workflowId}`);
		const node = page
			.getByTestId('canvas-node')
			.and(page.locator(`[data-node-name="${nodeName}"]`));
		await node.dblclick();
		const panel = page.getByTestId('ndv');
		await panel.getByTestId('node-parameters').waitFor();
		return new NodePanel(page, panel);
	}

	/** Closes every tab. */
	async leave(): Promise<void> {
		for (const page of this.profile.pages()) await page.close();
	}
}
