import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';

/**
 * Saves a picture of one part of the page for the README in the folder `E2E_PICTURES`, if that is set.
 * The window is small, so that the picture is readable.
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
