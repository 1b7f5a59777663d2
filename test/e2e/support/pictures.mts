import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';

/**
 * Puts a picture for the README, of one part of the page and nothing around it, into the folder that
 * `E2E_PICTURES` names; without it, nothing. The window is small, so that one can read what is shown.
 */
export async function savePicture(
	page: Page,
	part: Locator,
	name: string,
	height = 720,
): Promise<void> {
	const folder = process.env.E2E_PICTURES;
	if (!folder) return;
	await mkdir(folder, { recursive: true });
	const usual = page.viewportSize()!;
	await page.setViewportSize({ width: 1440, height });
	const passingMessage = page.locator('.el-notification').or(page.getByRole('tooltip'));
	await passingMessage.filter({ visible: true }).first().waitFor({ state: 'hidden' });
	await part.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
	await page.setViewportSize(usual);
}
