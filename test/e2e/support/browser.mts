import { access, constants } from 'node:fs/promises';
import {
	chromium,
	selectors,
	type BrowserContext,
	type BrowserContextOptions,
} from 'playwright-core';
import { SetupError } from '../../../scripts/n8n/setupError.mts';

export interface TestBrowser {
	/** A new profile, shared by its tabs. */
	readonly profile: BrowserContext;
	/** Requests of pages to other hosts. All were rejected. */
	readonly outsideRequests: string[];
	close(): Promise<void>;
}

/** Starts headless Chromium. A `SetupError` if it is not installed. */
export async function startBrowser(options: BrowserContextOptions = {}): Promise<TestBrowser> {
	const executablePath = process.env.CHROMIUM_BIN || '/usr/bin/chromium';
	await requireChromium(executablePath);
	selectors.setTestIdAttribute('data-test-id');
	const browser = await chromium.launch({ executablePath, args: quiet });
	const profile = await browser.newContext({ viewport: { width: 1600, height: 1000 }, ...options });
	profile.setDefaultTimeout(60_000);
	const outsideRequests: string[] = [];
	await profile.route(isOutside, async (route) => {
		outsideRequests.push(route.request().url());
		await route.abort();
	});
	return { profile, outsideRequests, close: async () => await browser.close() };
}

/** Disables Chromium's telemetry, and what a container lacks. */
const quiet = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

async function requireChromium(path: string): Promise<void> {
	try {
		await access(path, constants.X_OK);
	} catch {
		throw new SetupError(
			`There is no Chromium at ${path}. On Debian: apt-get install chromium. Another one: CHROMIUM_BIN=/path/to/chromium.`,
		);
	}
}

function isOutside({ hostname, protocol }: URL): boolean {
	return protocol !== 'data:' && protocol !== 'blob:' && !local.includes(hostname);
}

const local = ['127.0.0.1', 'localhost'];
