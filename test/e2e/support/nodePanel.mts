import type { Locator, Page } from 'playwright-core';
import { waitFor } from '../../../scripts/n8n/waitFor.mts';
import { CredentialDialog } from './credentialDialog.mts';
import { savePicture } from './pictures.mts';
import { saveScreenshot } from './screenshots.mts';

/** A node opened in the editor. Parameters and choices go by the names that are read there. */
export class NodePanel {
	constructor(
		private readonly page: Page,
		private readonly panel: Locator,
	) {}

	/** The panel of the node that is opening. */
	static async opened(page: Page): Promise<NodePanel> {
		const panel = page.getByTestId('ndv');
		await panel.getByTestId('node-parameters').waitFor();
		await panel.getByText('Loading fields').first().waitFor({ state: 'hidden' });
		return new NodePanel(page, panel);
	}

	/** Begins the first credential of this n8n. */
	async connect(): Promise<CredentialDialog> {
		await this.panel.getByRole('button', { name: 'Connect to Celonis' }).click();
		return await new CredentialDialog(this.page).opened();
	}

	/** Begins another credential, from the list of those that there are. */
	async newCredential(): Promise<CredentialDialog> {
		await this.panel.getByTestId('node-credentials-select').click();
		await this.page.getByTestId('node-credentials-select-item-new').click();
		return await new CredentialDialog(this.page).opened();
	}

	/** Opens the credential that the node has; n8n tests it. */
	async editCredential(): Promise<CredentialDialog> {
		await this.panel.getByTestId('credential-edit-button').click();
		return await new CredentialDialog(this.page).opened();
	}

	/** The parameters that are shown, in their order. */
	async parameters(): Promise<string[]> {
		const labels = this.panel.getByTestId('node-parameters').locator('label');
		const texts = await labels.allInnerTexts();
		return texts.map((text) => text.split('\n')[0]!.trim()).filter((text) => text !== '');
	}

	/** Types a date and time of the workflow's time zone, as in `2026-06-01 08:00:00`. */
	async enterDate(parameter: string, text: string): Promise<void> {
		const field = this.input(parameter).locator('input');
		await field.click();
		await this.untilSaved(text.replace(' ', 'T'), async () => {
			await field.fill(text);
			await field.press('Enter');
		});
	}

	/** Back to the canvas. */
	async close(): Promise<void> {
		await this.panel.getByTestId('ndv-close-button').click();
		await this.panel.waitFor({ state: 'hidden' });
	}

	/** Opens what a collection has to add, such as 'Filters'; gives the names. */
	async openMenu(collection: string): Promise<string[]> {
		await this.parameter(collection).getByTestId('collection-parameter-add').click();
		return await this.offered();
	}

	async add(collection: string, name: string): Promise<void> {
		await this.openMenu(collection);
		await this.option(name).click();
		await this.parameter(name).waitFor();
	}

	/** Types into a list to search it; gives what it shows then. The list stays open. */
	async search(parameter: string, text: string): Promise<string[]> {
		const field = this.input(parameter);
		await field.click();
		await field.locator('input:not([readonly])').pressSequentially(text);
		const found = async () => {
			const names = await this.offered();
			const all = names.every((name) => name.toLowerCase().includes(text.toLowerCase()));
			return all ? names : undefined;
		};
		return await waitFor(found, { what: `only names with "${text}"`, timeoutMs: 10_000 });
	}

	/** Opens a list of which several can be taken; gives the names. */
	async openList(parameter: string): Promise<string[]> {
		await this.input(parameter).click();
		return await this.offered();
	}

	/** Takes one from the list that is open, and closes the list. */
	async take(parameter: string, name: string): Promise<void> {
		await this.option(name).click();
		await this.label(parameter).click();
		await this.page.getByRole('listbox').waitFor({ state: 'hidden' });
		await this.input(parameter).getByText(name, { exact: true }).waitFor();
	}

	/** Types into a parameter that holds a text. */
	async type(parameter: string, text: string): Promise<void> {
		const field = this.input(parameter).getByRole('textbox');
		await field.click();
		await this.untilSaved(text, async () => await field.pressSequentially(text));
	}

	/** Switches a parameter from 'Fixed' to 'Expression', and enters one for what the editor puts there. */
	async enterExpression(parameter: string, text: string): Promise<void> {
		await this.label(parameter).hover();
		await this.parameter(parameter).getByRole('radio', { name: 'Expression' }).click();
		const field = this.input(parameter).getByRole('textbox');
		// The editor puts the cursor into the field by itself, in the frame after the focus: not meanwhile.
		await field.and(this.page.locator(':focus')).waitFor();
		await this.page.evaluate('new Promise(requestAnimationFrame)');
		// In one piece, as by pasting: while one types, the editor closes brackets by itself.
		await this.untilSaved(`=${text}`, async () => await field.fill(text));
	}

	/** Puts another expression into a parameter that has one. */
	async changeExpression(parameter: string, text: string): Promise<void> {
		const field = this.input(parameter).getByRole('textbox');
		await field.click();
		await this.untilSaved(`=${text}`, async () => await field.fill(text));
		// A tip covers what stands below, as long as the cursor is here.
		await field.blur();
	}

	/** Executes the step to its end, well or not. */
	async execute(): Promise<void> {
		await this.panel.getByTestId('node-execute-button').click();
		await this.output.getByTestId(/^node-run-status-(success|danger)$/).waitFor();
	}

	/** How many items there are, as n8n puts it: `3 items`. */
	async shownCount(): Promise<string> {
		return (await this.output.getByTestId('run-data-item-count').innerText()).trim();
	}

	/** Some columns of the output's table, row by row. Leaves the last of them in view. */
	async shownRows(columns: string[]): Promise<string[][]> {
		await this.output.getByTestId('radio-button-table').click();
		const table = this.output.locator('table');
		await table.waitFor();
		const header = (await table.locator('th').allInnerTexts()).map((text) => text.trim());
		const rows: string[][] = [];
		for (const column of columns) {
			const position = header.indexOf(column);
			if (position < 0) throw new Error(`No column ${column}: ${header.join(', ')}`);
			await table.locator('th').nth(position).scrollIntoViewIfNeeded();
			const cells = await table.locator(`td[data-col="${position}"]`).allInnerTexts();
			cells.forEach((cell, row) => (rows[row] ??= []).push(cell));
		}
		return rows;
	}

	/** The error in place of the output: what is wrong, and what to do about it. */
	async shownError(): Promise<{ message: string; description: string }> {
		return {
			message: await this.output.getByTestId('node-error-message').innerText(),
			description: await this.output.getByTestId('node-error-description').innerText(),
		};
	}

	async screenshot(step: string): Promise<void> {
		await saveScreenshot(this.page, step);
	}

	/** A picture for the README. */
	async picture(name: string): Promise<void> {
		await savePicture(this.page, this.panel, name);
	}

	private get output(): Locator {
		return this.panel.getByTestId('output-panel');
	}

	/** A collection holds parameters: the innermost of those that contain the label is meant. */
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

	/** The names in the list that is open; descriptions stand below them. */
	private async offered(): Promise<string[]> {
		const options = this.page.getByRole('option');
		await options.first().waitFor();
		const texts = await options.allInnerTexts();
		return texts.map((text) => text.trim().split('\n')[0] ?? '');
	}

	/** A text counts a moment after it was typed: when n8n saves it, it does. */
	private async untilSaved(value: string, typing: () => Promise<void>): Promise<void> {
		const saving = this.page.waitForRequest(
			(request) =>
				request.method() === 'PATCH' &&
				request.url().includes('/rest/workflows/') &&
				(request.postData() ?? '').includes(JSON.stringify(value)),
		);
		await Promise.all([saving, typing()]);
	}
}
