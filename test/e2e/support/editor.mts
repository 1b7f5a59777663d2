import type { BrowserContext, Page } from 'playwright-core';
import type { Login } from '../../../scripts/n8n/rest.mts';
import { Canvas } from './canvas.mts';
import type { NodePanel } from './nodePanel.mts';

/** n8n's editor in a browser, as a user operates it. */
export class Editor {
	constructor(
		private readonly profile: BrowserContext,
		private readonly url: string,
	) {}

	/** Signs in all tabs of the profile, with the request of the sign-in page. */
	async signIn({ email, password }: Login): Promise<void> {
		const data = { emailOrLdapLoginId: email, password };
		const response = await this.profile.request.post(`${this.url}/rest/login`, { data });
		if (!response.ok()) throw new Error(`n8n answered ${response.status()} to signing in`);
	}

	/** Opens a node of a workflow in a new tab. */
	async openNode(workflowId: string, nodeName: string): Promise<NodePanel> {
		const page = await this.tab(`/workflow/${workflowId}`);
		return await new Canvas(page).openNode(nodeName);
	}

	/** Creates the first workflow. */
	async buildFirstWorkflow(): Promise<Canvas> {
		const page = await this.tab('/home/workflows');
		await page.getByTestId('new-workflow-card').click();
		await page.waitForURL(/\/workflow\//);
		return new Canvas(page);
	}

	/** Creates another workflow. */
	async newWorkflow(): Promise<Canvas> {
		return new Canvas(await this.tab('/workflow/new'));
	}

	/** Closes every tab. */
	async leave(): Promise<void> {
		for (const page of this.profile.pages()) await page.close();
	}

	private async tab(path: string): Promise<Page> {
		const page = await this.profile.newPage();
		await page.goto(this.url + path);
		return page;
	}
}
