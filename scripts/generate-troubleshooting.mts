/**
 * Writes the table of faults into the README. Run it after a change of
 * `nodes/Celonis/errors/catalog.ts`: `npm run troubleshooting`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { interpolateApiTerms } from '../nodes/Celonis/errors/apis';
import { ERROR_CATALOG, type ErrorDefinition } from '../nodes/Celonis/errors/catalog';

export const README_PATH = fileURLToPath(new URL('../README.md', import.meta.url));

const BEGIN = '<!-- made from nodes/Celonis/errors/catalog.ts by `npm run troubleshooting` -->';
const END = '<!-- end of what is made -->';

const RETRIES: Record<ErrorDefinition['retry'], string> = {
	never: '',
	once: 'once',
	backoff: 'yes',
};

/** In the words of the audit log; the other APIs have theirs. */
const told = (text: string) => interpolateApiTerms('auditLog', text);

/** The table in Markdown, before it is formatted. */
export function renderFaults(): string {
	const teamUrl: ErrorDefinition = ERROR_CATALOG.teamUrl;
	const rows = Object.values<ErrorDefinition>(ERROR_CATALOG).map((row) => {
		const title = told(row.message).replace(/\{\w+\}/g, '…');
		const short = told(row.hint).replace(teamUrl.hint, 'Check the team URL, as above.');
		return `| ${title} | ${row === teamUrl ? row.hint : short} | ${RETRIES[row.retry]} |`;
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
