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

	/**
	 * Goes from the start page to a new workflow with the nodes of a file, whose text is pasted. The tab has
	 * a clipboard.
	 */
	async pasteIntoNewWorkflow(text: string): Promise<Canvas> {
		await this.profile.grantPermissions(['clipboard-read', 'clipboard-write']);
		const page = await this.tab('/home/workflows');
		const card = page.getByTestId('new-workflow-card');
		await card.or(page.getByTestId('add-resource-workflow')).first().click();
		await page.waitForURL(/\/workflow\//);
		await page.getByTestId('canvas-plus-button').waitFor();
		await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
		const saved = page.waitForResponse(/\/rest\/workflows(\/\w+)?(\?.*)?$/);
		await page.keyboard.press('Control+V');
		await page.getByTestId('canvas-node').first().waitFor();
		await saved;
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
