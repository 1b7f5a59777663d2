/**
 * Puts the code of `examples/source` into the Code nodes of the example workflows: the file
 * `audit-dashboard/page.cjs` into the node "Page" of audit-dashboard.json. Run it after a change of a file
 * there: `npm run examples`.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const EXAMPLES = fileURLToPath(new URL('../examples', import.meta.url));
const SOURCE = join(EXAMPLES, 'source');
/** Holds what several workflows include. */
const SHARED = 'shared';

/** The example workflows whose code is in `examples/source`, by file name. */
export function listWorkflows(): string[] {
	return readdirSync(SOURCE)
		.filter((folder) => folder !== SHARED)
		.map((folder) => `${folder}.json`);
}

export function getWorkflowPath(file: string): string {
	return join(EXAMPLES, file);
}

/** A workflow file with the current code in its Code nodes. Fails if a node or a file is left over. */
export function renderWorkflow(
	file: string,
	text = readFileSync(getWorkflowPath(file), 'utf8'),
): string {
	const folder = join(SOURCE, file.replace(/\.json$/, ''));
	const { nodes } = JSON.parse(text) as { nodes: Array<{ name: string; type: string }> };
	const names = nodes.filter(({ type }) => type === 'n8n-nodes-base.code').map(({ name }) => name);
	const sources = names.map(getSourceName);
	const unused = readdirSync(folder).filter((name) => !sources.includes(name));
	if (unused.length > 0) throw new Error(`${file} has no Code node for ${unused.join(', ')}`);
	const codes = sources.map((name) => JSON.stringify(readCode(join(folder, name))));
	return text.replace(/"jsCode": ".*"/g, () => `"jsCode": ${codes.shift()}`);
}

/** `What has changed` is in `what-has-changed.cjs`. */
function getSourceName(nodeName: string): string {
	return `${nodeName.toLowerCase().replace(/\W+/g, '-')}.cjs`;
}

/** The code of a file, with the files that it includes in place of `// @include PATH`. */
function readCode(path: string): string {
	return readFileSync(path, 'utf8').replace(/^\/\/ @include (\S+)\n/gm, (_line, included: string) =>
		readCode(join(dirname(path), included)),
	);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	for (const file of listWorkflows()) {
		writeFileSync(getWorkflowPath(file), renderWorkflow(file));
	}
}
