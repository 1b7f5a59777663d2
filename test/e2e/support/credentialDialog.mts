import type { Locator, Page } from 'playwright-core';
import { savePicture } from './pictures.mts';

/** The result of n8n's test of a credential, as shown in the dialog. */
export interface ShownVerdict {
	passed: boolean;
	/** The headline and, for a failure, the text under "More details". */
	text: string;
}

/** The dialog of a credential. Fields and options are identified by their displayed names. */
export class CredentialDialog {
	private readonly dialog: Locator;

	constructor(private readonly page: Page) {
		this.dialog = page.getByTestId('editCredential-modal').filter({ visible: true }).first();
	}

	async opened(): Promise<this> {
		await this.dialog.getByTestId('credential-connection-parameter').first().waitFor();
		// n8n proposes a name, without which it saves nothing.
		const name = this.dialog.getByTestId('credential-name').getByText(/\S/).first();
		await name.waitFor({ state: 'attached' });
		return this;
	}

	/** The names of the fields in order, without the mark of required ones. */
	async readFieldNames(): Promise<string[]> {
		const labels = this.dialog.getByTestId('credential-connection-parameter').locator('label');
		const texts = await labels.allInnerTexts();
		return texts.map((text) => text.split('\n')[0]!.replace('*', '').trim());
	}

	/** Changes the authentication, for example to 'Key', which has other fields. */
	async chooseAuthentication(name: string): Promise<void> {
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

	/** Saves, and waits for n8n's test. If it passes, the dialog may close by itself. */
	async save(): Promise<ShownVerdict> {
		const tested = this.page.waitForResponse(/\/rest\/credentials\/test$/);
		await this.dialog.getByTestId('credential-save-button').click();
		const { data } = (await (await tested).json()) as { data: { status: string } };
		if (data.status !== 'OK') return await this.failure();
		await this.closed.or(this.success).first().waitFor();
		return { passed: true, text: successText };
	}

	/** Saves a credential of a type that n8n cannot test. */
	async saveUntested(): Promise<void> {
		const saved = this.page.waitForResponse(/\/rest\/credentials$/);
		await this.dialog.getByTestId('credential-save-button').click();
		const response = await saved;
		if (!response.ok()) throw new Error(`n8n answered ${response.status()}: not saved`);
	}

	/** Waits for n8n's test of an opened credential. */
	async verdict(): Promise<ShownVerdict> {
		await this.success.or(this.refusal).first().waitFor();
		return (await this.success.isVisible())
			? { passed: true, text: successText }
			: await this.failure();
	}

	/** Saves a picture for the README. */
	async savePicture(name: string): Promise<void> {
		await savePicture(this.page, this.dialog, name, 1160);
	}

	/** Closes the dialog if it is open. */
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

	/** Visible once the dialog is closed. */
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
