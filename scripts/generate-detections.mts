/**
 * Generates what follows from the Sigma rules in `detections`: docs/detections.md, and the rules in the
 * example workflow. Run it after a change of a rule: `npm run detections`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { renderPage } from './sigma/page.mts';
import { readRules } from './sigma/rules.mts';
import { renderCode } from './sigma/workflowCode.mts';

export const PAGE_PATH = fileURLToPath(new URL('../docs/detections.md', import.meta.url));
export const WORKFLOW_PATH = fileURLToPath(new URL('../examples/detections.json', import.meta.url));

/** The example workflow with the current rules in its Code node. */
export function renderWorkflow(workflow = readFileSync(WORKFLOW_PATH, 'utf8')): string {
	const code = JSON.stringify(renderCode(readRules()));
	return workflow.replace(/"jsCode": ".*"/, () => `"jsCode": ${code}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	writeFileSync(PAGE_PATH, renderPage(readRules()));
	writeFileSync(WORKFLOW_PATH, renderWorkflow());
}
