import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

const themes = ['light', 'dark'] as const;

/**
 * Puts pictures of the page, one in each theme, into the folder that `E2E_SCREENSHOTS` names; without
 * it, nothing. The editor goes by the theme of the system unless a user has chosen one.
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
