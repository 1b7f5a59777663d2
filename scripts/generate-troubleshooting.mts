/**
 * Writes the table of faults into the README. Run it after a change of
 * `nodes/Celonis/faults/table.ts`: `npm run troubleshooting`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { inTermsOf } from '../nodes/Celonis/errors/apis';
import { FAULTS, type FaultRow } from '../nodes/Celonis/errors/catalog';

export const README_PATH = fileURLToPath(new URL('../README.md', import.meta.url));

const BEGIN = '<!-- made from nodes/Celonis/faults/table.ts by `npm run troubleshooting` -->';
const END = '<!-- end of what is made -->';

const RETRIES: Record<FaultRow['retry'], string> = { never: '', once: 'once', patiently: 'yes' };

/** In the words of the audit log; the other APIs have theirs. */
const told = (text: string) => inTermsOf('auditLog', text);

/** The table in Markdown, before it is formatted. */
export function renderFaults(): string {
	const teamUrl: FaultRow = FAULTS.teamUrl;
	const rows = Object.values<FaultRow>(FAULTS).map((row) => {
		const title = told(row.title).replace(/\{\w+\}/g, '…');
		const short = told(row.advice).replace(teamUrl.advice, 'Check the team URL, as above.');
		return `| ${title} | ${row === teamUrl ? row.advice : short} | ${RETRIES[row.retry]} |`;
	});
	return ['| what n8n shows | what to do | repeated |', '| --- | --- | --- |', ...rows].join('\n');
}

/** The part of a README that is made. */
export function faultsIn(readme: string): string {
	const [, rest = ''] = readme.split(BEGIN);
	const [made = ''] = rest.split(END);
	return made.trim();
}

/** A README with its table made anew. */
export function withFaults(readme: string): string {
	const [before = '', rest = ''] = readme.split(BEGIN);
	const [, after = ''] = rest.split(END);
	return `${before}${BEGIN}\n\n${renderFaults()}\n\n${END}${after}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	writeFileSync(README_PATH, withFaults(readFileSync(README_PATH, 'utf8')));
}
