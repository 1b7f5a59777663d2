import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** Puts a picture of the page into the folder that `E2E_SCREENSHOTS` names; without it, nothing. */
export async function saveScreenshot(page: Page, step: string): Promise<void> {
	const folder = process.env.E2E_SCREENSHOTS;
	if (!folder) return;
	await mkdir(folder, { recursive: true });
	await page.screenshot({ path: join(folder, `${step}.png`), animations: 'disabled' });
}
