import type { Locator, Page } from 'playwright-core';
import { waitFor } from '../../../scripts/n8n/waitFor.mts';
import { CredentialDialog } from './credentialDialog.mts';
import { NodeOutput } from './nodeOutput.mts';
import { savePicture } from './pictures.mts';
import { saveScreenshot } from './screenshots.mts';

/** An open node in the editor. Parameters and options are identified by their displayed names. */
export class NodePanel {
	readonly output: NodeOutput;

	constructor(
		private readonly page: Page,
		private readonly panel: Locator,
	) {
		this.output = new NodeOutput(panel.getByTestId('output-panel'));
	}

	/** Waits for the panel of a node that opens. */
	static async opened(page: Page): Promise<NodePanel> {
		const panel = page.getByTestId('ndv');
		await panel.getByTestId('node-parameters').waitFor();
		await panel.getByText('Loading fields').first().waitFor({ state: 'hidden' });
		return new NodePanel(page, panel);
	}

	/** Starts to create the first credential of its type. */
	async connect(to = 'Celonis'): Promise<CredentialDialog> {
		await this.panel.getByRole('button', { name: `Connect to ${to}` }).click();
		return await new CredentialDialog(this.page).opened();
	}

	/** Closes the dialog above the panel, and the panel, with the Escape key. */
	async leaveWithEscape(): Promise<void> {
		// The node has the credential that was saved.
		await this.panel.getByTestId('node-credentials-select').waitFor();
		await this.page.keyboard.press('Escape');
		await this.page.getByTestId('editCredential-modal').waitFor({ state: 'hidden' });
		await this.page.keyboard.press('Escape');
		await this.panel.waitFor({ state: 'hidden' });
	}

	/** Starts to create another credential, from the list of credentials. */
	async newCredential(): Promise<CredentialDialog> {
		await this.panel.getByTestId('node-credentials-select').click();
		await this.page.getByTestId('node-credentials-select-item-new').click();
		return await new CredentialDialog(this.page).opened();
	}

	/** Opens the credential of the node; n8n tests it. */
	async editCredential(): Promise<CredentialDialog> {
		await this.panel.getByTestId('credential-edit-button').click();
		return await new CredentialDialog(this.page).opened();
	}

	/** The names of the visible parameters, in order. */
	async readParameterNames(): Promise<string[]> {
		const labels = this.panel.getByTestId('node-parameters').locator('label');
		const texts = await labels.allInnerTexts();
		return texts.map((text) => text.split('\n')[0]!.trim()).filter((text) => text !== '');
	}

	/** Switches a parameter from 'Expression' to 'Fixed'. */
	async useFixedValue(parameter: string): Promise<void> {
		await this.label(parameter).hover();
		await this.parameter(parameter).getByRole('radio', { name: 'Fixed' }).click();
		await this.input(parameter).locator('input').waitFor();
	}

	/** Chooses an option of a list with single choice. */
	async select(parameter: string, name: string): Promise<void> {
		await this.input(parameter).click();
		await this.option(name).filter({ visible: true }).click();
		await this.page.getByRole('listbox').filter({ visible: true }).waitFor({ state: 'hidden' });
	}

	/** Turns a switch on. */
	async turnOn(parameter: string): Promise<void> {
		await this.input(parameter).locator('.el-switch').click();
		await this.input(parameter).locator('.el-switch.is-checked').waitFor();
	}

	/** Types a date and time in the workflow's time zone, such as `2026-06-01 08:00:00`. */
	async enterDate(parameter: string, text: string): Promise<void> {
		const field = this.input(parameter).locator('input');
		await field.click();
		await this.untilSaved(text.replace(' ', 'T'), async () => {
			await field.fill(text);
			await field.press('Enter');
		});
	}

	/** Returns to the canvas. */
	async close(): Promise<void> {
		await this.panel.getByTestId('ndv-close-button').click();
		await this.panel.waitFor({ state: 'hidden' });
	}

	/** Opens the list of entries of a collection, such as 'Filters'. Returns their names. */
	async openMenu(collection: string): Promise<string[]> {
		await this.parameter(collection).getByTestId('collection-parameter-add').click();
		return await this.offered();
	}

	async add(collection: string, name: string): Promise<void> {
		await this.openMenu(collection);
		await this.option(name).click();
		await this.parameter(name).waitFor();
	}

	/** Searches a list. Returns the names that it shows. The list stays open. */
	async search(parameter: string, text: string): Promise<string[]> {
		const field = this.input(parameter);
		await field.click();
		await field.locator('input:not([readonly])').pressSequentially(text);
		const found = async () => {
			const names = await this.offered();
			const all = names.every((name) => name.toLowerCase().includes(text.toLowerCase()));
			return all ? names : undefined;
		};
		return await waitFor(found, { description: `only names with "${text}"`, timeoutMs: 10_000 });
	}

	/** Opens a list with multiple choice. Returns its names. */
	async openList(parameter: string): Promise<string[]> {
		await this.input(parameter).click();
		return await this.offered();
	}

	/** Chooses an option of the open list, and closes the list. */
	async choose(parameter: string, name: string): Promise<void> {
		await this.option(name).click();
		await this.label(parameter).click();
		await this.page.getByRole('listbox').waitFor({ state: 'hidden' });
		await this.input(parameter).getByText(name, { exact: true }).waitFor();
	}

	/** Types into a text parameter. */
	async type(parameter: string, text: string): Promise<void> {
		const field = this.input(parameter).getByRole('textbox');
		await field.click();
		await this.untilSaved(text, async () => await field.pressSequentially(text));
		// A tip covers the fields below while the cursor is here.
		await field.blur();
	}

	/** Replaces the text of a parameter, as by pasting. */
	async replaceText(parameter: string, text: string): Promise<void> {
		const field = this.input(parameter).getByRole('textbox');
		await field.click();
		await this.untilSaved(text, async () => await field.fill(text));
	}

	/** Switches a parameter from 'Fixed' to 'Expression', and replaces the editor's text. */
	async enterExpression(parameter: string, text: string): Promise<void> {
		await this.label(parameter).hover();
		await this.parameter(parameter).getByRole('radio', { name: 'Expression' }).click();
		const field = this.input(parameter).getByRole('textbox');
		// The editor moves the cursor in the frame after the focus: waits for it.
		await field.and(this.page.locator(':focus')).waitFor();
		await this.page.evaluate('new Promise(requestAnimationFrame)');
		// As by pasting: the editor closes brackets while a user types.
		await this.untilSaved(`=${text}`, async () => await field.fill(text));
	}

	/** Changes the expression of a parameter. */
	async changeExpression(parameter: string, text: string): Promise<void> {
		const field = this.input(parameter).getByRole('textbox');
		await field.click();
		await this.untilSaved(`=${text}`, async () => await field.fill(text));
		// A tip covers the fields below while the cursor is here.
		await field.blur();
	}

	/** Executes the step, and waits for success or failure. */
	async execute(): Promise<void> {
		await this.panel.getByTestId('node-execute-button').click();
		await this.output.waitForEnd();
	}

	async saveScreenshot(step: string): Promise<void> {
		await saveScreenshot(this.page, step);
	}

	/** Saves a picture for the README, in a window of this height in pixels. */
	async savePicture(name: string, height?: number): Promise<void> {
		await savePicture(this.page, this.panel, name, height);
	}

	/** A collection contains parameters: the innermost element with the label is the parameter. */
	private parameter(name: string): Locator {
		const label = this.page.locator('label').getByText(name, { exact: true });
		return this.panel.getByTestId('parameter-item').filter({ has: label }).last();
	}

	private label(parameter: string): Locator {
		return this.parameter(parameter).locator('label').getByText(parameter, { exact: true });
	}

	private input(parameter: string): Locator {
		return this.parameter(parameter).getByTestId('parameter-input');
	}

	private option(name: string): Locator {
		const exact = this.page.getByText(name, { exact: true });
		return this.page.getByRole('option').filter({ has: exact });
	}

	/** The names in the open list, without the descriptions below them. */
	private async offered(): Promise<string[]> {
		const options = this.page.getByRole('option');
		await options.first().waitFor();
		const texts = await options.allInnerTexts();
		return texts.map((text) => text.trim().split('\n')[0] ?? '');
	}

	/**
	 * The editor applies a text with a delay: waits until n8n saves it. A new workflow may be created by
	 * that, if it was not saved before.
	 */
	private async untilSaved(value: string, typing: () => Promise<void>): Promise<void> {
		const saving = this.page.waitForRequest(
			(request) =>
				['PATCH', 'POST'].includes(request.method()) &&
				request.url().includes('/rest/workflows') &&
				(request.postData() ?? '').includes(JSON.stringify(value)),
		);
		await Promise.all([saving, typing()]);
	}
}
