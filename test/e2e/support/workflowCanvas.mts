import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';

export interface Box {
	name: string;
	left: number;
	top: number;
	right: number;
	bottom: number;
}

/** The canvas of a workflow in the editor. */
export class WorkflowCanvas {
	private constructor(private readonly page: Page) {}

	static async open(
		profile: BrowserContext,
		url: string,
		workflowId: string,
	): Promise<WorkflowCanvas> {
		const page = await profile.newPage();
		await page.setViewportSize({ width: 1600, height: 1000 });
		await page.goto(`${url}/workflow/${workflowId}`);
		await page.getByTestId('canvas-node').first().waitFor();
		await page.addStyleTag({ content: bare });
		await page.getByTestId('zoom-to-fit').dispatchEvent('click');
		await atRest(page);
		return new WorkflowCanvas(page);
	}

	/** The positions of the nodes on the screen, without their labels. */
	async nodes(): Promise<Box[]> {
		return await this.boxes('.vue-flow__node:not(:has([data-test-id="sticky"]))');
	}

	/** The positions of the notes on the screen. */
	async notes(): Promise<Box[]> {
		return await this.boxes('.vue-flow__node:has([data-test-id="sticky"])');
	}

	/** By how many pixels the notes' texts exceed their notes. */
	async hiddenText(): Promise<number> {
		return await this.page.evaluate(
			`Math.max(...[...document.querySelectorAll('[data-test-id="sticky"] *')]
				.filter((element) => ['auto', 'scroll', 'hidden'].includes(getComputedStyle(element).overflowY))
				.map((element) => element.scrollHeight - element.clientHeight), 0)`,
		);
	}

	/** Saves a picture of it in the folder `E2E_SCREENSHOTS`, if that is set. */
	async savePicture(name: string): Promise<void> {
		const folder = process.env.E2E_SCREENSHOTS;
		if (!folder) return;
		const all = await this.boxes(
			`.vue-flow__node, .vue-flow__edge-path, .vue-flow__node [class*="label"], .vue-flow__node [class*="subtitle"]`,
		);
		const [x, y] = [
			Math.min(...all.map(({ left }) => left)) - margin,
			Math.min(...all.map(({ top }) => top)) - margin,
		];
		const width = Math.max(...all.map(({ right }) => right)) + margin - x;
		const height = Math.max(...all.map(({ bottom }) => bottom)) + margin - y;
		await mkdir(folder, { recursive: true });
		const path = join(folder, `${name}.png`);
		await this.page.screenshot({ path, clip: { x, y, width, height }, animations: 'disabled' });
	}

	async close(): Promise<void> {
		await this.page.close();
	}

	/** The positions of visible elements. */
	private async boxes(selector: string): Promise<Box[]> {
		return await this.page.evaluate(
			`[...document.querySelectorAll('${selector.replaceAll("'", "\\'")}')].filter((node) =>
				node.checkVisibility({ visibilityProperty: true, opacityProperty: true })
			).map((node) => {
				const { left, top, right, bottom } = node.getBoundingClientRect();
				return {
					name: node.textContent.trim().slice(0, 40),
					left, top, right, bottom,
				};
			}).filter(({ left, right }) => right > left)`,
		);
	}
}

/** The canvas is animated: waits until it has not moved for half a second. */
async function atRest(page: Page): Promise<void> {
	await page.evaluate(`new Promise((resolve) => {
		const place = () => document.querySelector('.vue-flow__transformationpane').style.transform;
		let [last, since] = [place(), performance.now()];
		const look = (now) => {
			if (place() !== last) [last, since] = [place(), now];
			if (now - since > 500) resolve();
			else requestAnimationFrame(look);
		};
		requestAnimationFrame(look);
	})`);
}

/** The names of two overlapping boxes, if there are any. */
export function findOverlap(boxes: Box[]): Array<[string, string]> {
	return boxes.flatMap((a, index) =>
		boxes
			.slice(index + 1)
			.filter((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
			.map((b): [string, string] => [a.name, b.name]),
	);
}

const margin = 40;

/** Hides the editor's controls in the picture. */
const bare = `
	.vue-flow__panel, .vue-flow__minimap, .vue-flow__background, [data-test-id="canvas-wrapper"] button,
	[data-test-id="canvas-controls"], [data-test-id="canvas-handle-plus-wrapper"],
	[class*="executionButtons"], [class*="logsPanel"], [data-test-id="logs-overview"] { visibility: hidden !important; }
`;
