import { getFact } from './facts.mts';
import type { Finding, ProbeReport } from './report.mts';
import { formatSeen } from './seen.mts';

const COLUMNS = ['fact', 'what', 'assumed', 'seen', 'verdict'] as const;
const MAX_WIDTHS = [26, 44, 36, 60, 12];

/** The report as a table for a terminal. Long values continue on further lines. */
export function formatTable(report: ProbeReport): string {
	const rows = [COLUMNS, ...report.findings.map(toCells)];
	const widths = COLUMNS.map((_, i) =>
		Math.min(MAX_WIDTHS[i]!, Math.max(...rows.map((row) => row[i]!.length))),
	);
	const lines = rows.flatMap((row) => formatRow(row, widths));
	lines.splice(1, 0, widths.map((width) => '─'.repeat(width)).join('  '));
	return lines.join('\n');
}

/** The report as a Markdown page. */
export function formatMarkdown(report: ProbeReport): string {
	const rows = report.findings.map((finding) => {
		const cells = [...toCells(finding), getFact(finding.id).method];
		return `| ${cells.map(escapeCell).join(' | ')} |`;
	});
	return [
		'# What a Celonis team does',
		'',
		'Written by `npm run probe` of n8n-nodes-celonis. It contains no value of a record, no host and no credential.',
		'',
		formatSummary(report),
		'',
		`| ${[...COLUMNS, 'how it is seen'].join(' | ')} |`,
		`|${[...COLUMNS, ''].map(() => ' --- |').join('')}`,
		...rows,
		'',
	].join('\n');
}

/** The report in a sentence or two. */
export function formatSummary({
	credential,
	end,
	requests,
	watchedMinutes,
	findings,
}: ProbeReport): string {
	const count = (verdict: Finding['verdict']) =>
		findings.filter((finding) => finding.verdict === verdict).length;
	const watch = watchedMinutes > 0 ? `, ${watchedMinutes} minutes of watching` : '';
	return `Signed in with: ${credential}. End: ${end}, after ${requests} requests${watch}. Of ${findings.length} facts, ${count('as assumed')} are as assumed, ${count('differs')} differ, ${count('seen')} had no assumption, ${count('not seen')} were not seen.`;
}

function toCells(finding: Finding): string[] {
	const { id, title, assumed } = getFact(finding.id);
	const seen = finding.verdict === 'not seen' ? finding.reason : formatSeen(finding.seen);
	return [id, title, assumed === undefined ? '' : formatSeen(assumed), seen, finding.verdict];
}

const escapeCell = (text: string): string => text.replaceAll('|', '\\|');

function formatRow(row: readonly string[], widths: readonly number[]): string[] {
	const cells = row.map((text, i) => breakText(text, widths[i]!));
	const height = Math.max(...cells.map((lines) => lines.length));
	return Array.from({ length: height }, (_, line) =>
		cells
			.map((lines, i) => (lines[line] ?? '').padEnd(widths[i]!))
			.join('  ')
			.trimEnd(),
	);
}

function breakText(text: string, width: number): string[] {
	const lines = [''];
	for (const word of text.split(' ')) {
		const line = lines.at(-1)!;
		if (line === '') lines[lines.length - 1] = word;
		else if (line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
		else lines.push(word);
	}
	return lines;
}
