import { getFact } from './facts.mts';
import type { Finding, ProbeReport } from './report.mts';
import { formatSeen } from './seen.mts';

const COLUMNS = ['fact', 'what', 'assumed', 'seen', 'verdict'] as const;
const MAX_WIDTHS = [26, 44, 36, 60, 12];

const NARROW_COLUMNS = ['fact', 'seen', 'verdict'] as const;
const MIN_SEEN_WIDTH = 24;
const GAP = '  ';

/**
 * The report as a table for a terminal of that width. Long values continue on further lines. A narrow
 * terminal gets what was seen, and what was assumed only where that differs.
 */
export function formatTable({ findings }: ProbeReport, terminalWidth = Infinity): string {
	const wide = [COLUMNS, ...findings.map(toCells)];
	const widths = COLUMNS.map((_, i) => Math.min(MAX_WIDTHS[i]!, getWidth(wide, i)));
	if (sum(widths) + GAP.length * (widths.length - 1) <= terminalWidth) return layOut(wide, widths);
	const narrow = [NARROW_COLUMNS, ...findings.map(toNarrowCells)];
	const others = [getWidth(narrow, 0), getWidth(narrow, 2)] as const;
	const seenWidth = Math.max(MIN_SEEN_WIDTH, terminalWidth - sum(others) - 2 * GAP.length);
	return layOut(narrow, [others[0], seenWidth, others[1]]);
}

type Rows = ReadonlyArray<readonly string[]>;

const getWidth = (rows: Rows, column: number): number =>
	Math.max(...rows.map((row) => row[column]!.length));

const sum = (numbers: readonly number[]): number =>
	numbers.reduce((total, each) => total + each, 0);

function layOut(rows: Rows, widths: readonly number[]): string {
	const lines = rows.flatMap((row) => formatRow(row, widths));
	lines.splice(1, 0, widths.map((width) => '─'.repeat(width)).join(GAP));
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

function toNarrowCells(finding: Finding): string[] {
	const [id = '', , assumed = '', seen = '', verdict = ''] = toCells(finding);
	return [id, verdict === 'differs' ? `${seen} (assumed: ${assumed})` : seen, verdict];
}

const escapeCell = (text: string): string => text.replaceAll('|', '\\|');

function formatRow(row: readonly string[], widths: readonly number[]): string[] {
	const cells = row.map((text, i) => breakText(text, widths[i]!));
	const height = Math.max(...cells.map((lines) => lines.length));
	return Array.from({ length: height }, (_, line) =>
		cells
			.map((lines, i) => (lines[line] ?? '').padEnd(widths[i]!))
			.join(GAP)
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
