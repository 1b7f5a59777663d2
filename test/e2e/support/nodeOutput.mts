import { readFile } from 'node:fs/promises';
import type { Locator } from 'playwright-core';

/** The output of an open node in the editor. */
export class NodeOutput {
	constructor(private readonly output: Locator) {}

	/** Waits until the node has succeeded or failed. */
	async waitForEnd(): Promise<void> {
		await this.output.getByTestId(/^node-run-status-(success|danger)$/).waitFor();
	}

	/** The number of items, as shown by n8n: `3 items`. */
	async readItemCount(): Promise<string> {
		return (await this.output.getByTestId('run-data-item-count').innerText()).trim();
	}

	/** Some columns of the output's table, row by row. Scrolls to the last of them. */
	async readRows(columns: string[]): Promise<string[][]> {
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

	/** Downloads the only file of the output. Returns its text. */
	async download(): Promise<string> {
		const downloading = this.output.page().waitForEvent('download');
		await this.output.getByRole('button', { name: 'Download' }).click();
		return await readFile(await (await downloading).path(), 'utf8');
	}

	/** The error that is shown instead of the output. */
	async readError(): Promise<{ message: string; description: string }> {
		return {
			message: await this.output.getByTestId('node-error-message').innerText(),
			description: (await this.output.getByTestId('node-error-description').allInnerTexts()).join(),
		};
	}
}
