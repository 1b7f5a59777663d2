import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { TestBrowser } from './browser.mts';

/** The window of the README's picture. */
const PICTURE = { width: 960, height: 582 };
const DESKTOP = { width: 1100, height: 900 };
const PHONE = { width: 390, height: 844 };

/** Opens a page and checks it. The browser must not have anything to say about it. */
export async function openPage({ profile }: TestBrowser, url: string, name: string): Promise<Page> {
	const page = await profile.newPage();
	const messages: string[] = [];
	page.on('console', (message) => messages.push(message.text()));
	const response = await page.goto(url);
	if (response?.status() !== 200) throw new Error(`${response?.status()} for ${url}`);
	await checkPage(page, name);
	if (messages.length > 0) throw new Error(`The browser says: ${messages.join(' ')}`);
	return page;
}

/**
 * Checks that a page fits a phone's screen and can be printed. Saves pictures of it in both themes and at
 * both widths, and the page as printed, in the folder `E2E_SCREENSHOTS`, if that is set.
 */
export async function checkPage(page: Page, name: string): Promise<void> {
	for (const viewport of [PHONE, DESKTOP]) {
		await page.setViewportSize(viewport);
		const width = (await page.evaluate('document.documentElement.scrollWidth')) as number;
		if (width > viewport.width) throw new Error(`${name} is ${width} wide, not ${viewport.width}`);
		if (viewport === PHONE) await checkCells(page, name);
		await savePictures(page, `${name}-${viewport.width}`);
	}
	const folder = process.env.E2E_SCREENSHOTS;
	const pdf = await page.pdf({
		...(folder ? { path: join(folder, `${name}.pdf`) } : {}),
		format: 'A4',
		printBackground: true,
	});
	if (pdf.length < 10_000) throw new Error(`${name} prints an empty page`);
}

/** On a phone, a cell that has a line of its own has all of its width. */
async function checkCells(page: Page, name: string): Promise<void> {
	const narrow = (await page.evaluate(
		`[...document.querySelectorAll('td')].filter((cell) => getComputedStyle(cell).display === 'block' && cell.offsetWidth < cell.parentElement.offsetWidth).length`,
	)) as number;
	if (narrow > 0) throw new Error(`${name} has ${narrow} narrow cells on a phone`);
}

async function savePictures(page: Page, name: string): Promise<void> {
	const folder = process.env.E2E_SCREENSHOTS;
	if (!folder) return;
	await mkdir(folder, { recursive: true });
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme });
		await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`), fullPage: true });
	}
	await page.emulateMedia({ colorScheme: 'light' });
}

/** Saves the top of a page for the README in the folder `E2E_PICTURES`, if that is set. */
export async function savePagePicture(page: Page, name: string): Promise<void> {
	const folder = process.env.E2E_PICTURES;
	if (!folder) return;
	await mkdir(folder, { recursive: true });
	await page.setViewportSize(PICTURE);
	await page.screenshot({ path: join(folder, `${name}.png`) });
}
