import type { Locator, Page } from 'playwright-core';
import { savePicture } from './pictures.mts';

/** What n8n's own test of a credential came to, as the dialog shows it. */
export interface ShownVerdict {
	passed: boolean;
	/** Headline, and for a failure what stands under "More details". */
	text: string;
}

/** The dialog in which a credential is set up. Fields and choices go by the names that are read there. */
export class CredentialDialog {
	private readonly dialog: Locator;

	constructor(private readonly page: Page) {
		this.dialog = page.getByTestId('editCredential-modal').filter({ visible: true }).first();
	}

	async opened(): Promise<this> {
		await this.dialog.getByTestId('credential-connection-parameter').first().waitFor();
		return this;
	}

	/** The fields in their order, without the mark of those that are required. */
	async fields(): Promise<string[]> {
		const labels = this.dialog.getByTestId('credential-connection-parameter').locator('label');
		const texts = await labels.allInnerTexts();
		return texts.map((text) => text.split('\n')[0]!.replace('*', '').trim());
	}

	/** Changes the way in, such as to 'Key': another kind of credential, with other fields. */
	async chooseWay(name: string): Promise<void> {
		await this.dialog.getByTestId('credential-mode-dropdown-trigger').first().click();
		await this.page.getByRole('menuitem', { name, exact: true }).click();
		await this.dialog
			.getByTestId('credential-mode-selector')
			.getByText(name, { exact: true })
			.waitFor();
	}

	async fill(values: Record<string, string>): Promise<void> {
		for (const [name, value] of Object.entries(values)) {
			await this.field(name).getByTestId('parameter-input-field').fill(value);
		}
	}

	async choose(field: string, option: string): Promise<void> {
		await this.field(field).getByTestId('parameter-input').click();
		const exact = this.page.getByText(option, { exact: true });
		await this.page.getByRole('option').filter({ has: exact, visible: true }).click();
	}

	/** Saves, and waits for the end of n8n's test. Where it passes, the dialog may close by itself. */
	async save(): Promise<ShownVerdict> {
		const tested = this.page.waitForResponse(/\/rest\/credentials\/test$/);
		await this.dialog.getByTestId('credential-save-button').click();
		const { data } = (await (await tested).json()) as { data: { status: string } };
		if (data.status !== 'OK') return await this.failure();
		await this.closed.or(this.success).first().waitFor();
		return { passed: true, text: successText };
	}

	/** Waits for the end of the test that n8n makes of a credential that is opened. */
	async verdict(): Promise<ShownVerdict> {
		await this.success.or(this.refusal).first().waitFor();
		return (await this.success.isVisible())
			? { passed: true, text: successText }
			: await this.failure();
	}

	/** A picture for the README. */
	async picture(name: string): Promise<void> {
		await savePicture(this.page, this.dialog, name, 1160);
	}

	/** Closes the dialog where it is still open. */
	async close(): Promise<void> {
		if (await this.dialog.isHidden()) return;
		await this.dialog.getByRole('button', { name: 'Close this dialog' }).click();
		await this.dialog.waitFor({ state: 'hidden' });
	}

	private async failure(): Promise<ShownVerdict> {
		await this.refusal.waitFor();
		const more = this.dialog.getByText('More details', { exact: true });
		if (await more.isVisible()) await more.click();
		const banner = this.dialog.getByTestId('node-credentials-config-container');
		return { passed: false, text: await banner.innerText() };
	}

	private get success(): Locator {
		return this.dialog.getByText(successText).filter({ visible: true });
	}

	private get refusal(): Locator {
		return this.dialog.getByText('Couldn’t connect with these settings').filter({ visible: true });
	}

	/** There once the dialog is gone: the page without it. */
	private get closed(): Locator {
		const dialog = this.page.getByTestId('editCredential-modal').filter({ visible: true });
		return this.page.locator('body').filter({ hasNot: dialog });
	}

	private field(name: string): Locator {
		const label = this.page.locator('label').getByText(new RegExp(`^${name}\\s*\\*?$`));
		return this.dialog.getByTestId('credential-connection-parameter').filter({ has: label });
	}
}

const successText = 'Connection tested successfully';
