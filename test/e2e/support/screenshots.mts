import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

const themes = ['light', 'dark'] as const;

/**
 * Saves pictures of the page, one per theme, in the folder `E2E_SCREENSHOTS`, if that is set. By default
 * the editor follows the theme of the system.
 */
export async function saveScreenshot(page: Page, step: string): Promise<void> {
	const folder = process.env.E2E_SCREENSHOTS;
	if (!folder) return;
	await mkdir(folder, { recursive: true });
	for (const theme of themes) {
		await page.emulateMedia({ colorScheme: theme });
		await page.evaluate(
			'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))',
		);
		const name = theme === 'light' ? `${step}.png` : `${step}-${theme}.png`;
		await page.screenshot({ path: join(folder, name), animations: 'disabled' });
	}
	await page.emulateMedia({ colorScheme: 'light' });
}
