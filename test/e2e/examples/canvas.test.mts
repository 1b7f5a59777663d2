import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { demoLogin } from '../../../scripts/n8n/owner.mts';
import { packageRoot } from '../../../scripts/n8n/paths.mts';
import { AuditLog } from '../../celonis/log.mts';
import { startBrowser, type TestBrowser } from '../support/browser.mts';
import { WorkflowCanvas, findOverlap } from '../support/workflowCanvas.mts';
import { Editor } from '../support/editor.mts';
import { startExampleHarness, type ExampleHarness } from '../support/exampleHarness.mts';

describe("the example workflows on the editor's canvas", () => {
	const files = readdirSync(join(packageRoot, 'examples')).filter((name) => name.endsWith('.json'));

	let harness: ExampleHarness;
	let browser: TestBrowser;

	beforeAll(async () => {
		harness = await startExampleHarness(new AuditLog());
		browser = await startBrowser();
		await new Editor(browser.profile, harness.n8n.api.url).signIn(demoLogin);
	});

	afterAll(async () => {
		await browser?.close();
		await harness?.close();
	});

	test.each(files)('%s: nodes do not overlap, and the note is readable', async (file) => {
		const id = await harness.add(file);
		const canvas = await WorkflowCanvas.open(browser.profile, harness.n8n.api.url, id);
		await canvas.savePicture(file.replace('.json', ''));

		const nodes = await canvas.nodes();
		const notes = await canvas.notes();
		const hidden = await canvas.hiddenText();
		await canvas.close();
		expect(nodes.length).toBeGreaterThan(1);
		expect(notes).toHaveLength(1);
		expect(findOverlap([...nodes, ...notes])).toEqual([]);
		expect(hidden).toBeLessThanOrEqual(0);
	});
});
