import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { demoLogin } from '../../../scripts/n8n/owner.mts';
import { packageRoot } from '../../../scripts/n8n/paths.mts';
import { AuditLog } from '../../celonis/log.mts';
import { startBrowser, type TestBrowser } from '../support/browser.mts';
import { DrawnWorkflow, overlapping } from '../support/drawnWorkflow.mts';
import { Editor } from '../support/editor.mts';
import { startExampleBench, type ExampleBench } from '../support/exampleBench.mts';

describe("the example workflows on the editor's canvas", () => {
	const files = readdirSync(join(packageRoot, 'examples')).filter((name) => name.endsWith('.json'));

	let bench: ExampleBench;
	let browser: TestBrowser;

	beforeAll(async () => {
		bench = await startExampleBench(new AuditLog());
		browser = await startBrowser();
		await new Editor(browser.profile, bench.n8n.api.url).signIn(demoLogin);
	});

	afterAll(async () => {
		await browser?.close();
		await bench?.close();
	});

	test.each(files)('%s: no node covers another, and the note can be read', async (file) => {
		const id = await bench.add(file);
		const canvas = await DrawnWorkflow.open(browser.profile, bench.n8n.api.url, id);
		await canvas.picture(file.replace('.json', ''));

		const nodes = await canvas.nodes();
		const notes = await canvas.notes();
		const hidden = await canvas.hiddenText();
		await canvas.close();
		expect(nodes.length).toBeGreaterThan(1);
		expect(notes).toHaveLength(1);
		expect(overlapping([...nodes, ...notes])).toEqual([]);
		expect(hidden).toBeLessThanOrEqual(0);
	});
});
