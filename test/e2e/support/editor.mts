import type { BrowserContext, Page } from 'playwright-core';
import type { Login } from '../../../scripts/n8n/rest.mts';
import { Canvas } from './canvas.mts';
import type { NodePanel } from './nodePanel.mts';

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
		const page = await this.tab(`/workflow/${workflowId}`);
		return await new Canvas(page).openNode(nodeName);
	}

	/** Begins a workflow where there is none yet. */
	async buildFirstWorkflow(): Promise<Canvas> {
		const page = await this.tab('/home/workflows');
		await page.getByTestId('new-workflow-card').click();
		await page.waitForURL(/\/workflow\//);
		return new Canvas(page);
	}

	/** Begins another workflow. */
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
