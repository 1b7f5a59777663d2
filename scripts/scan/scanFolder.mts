import { buildScanConfig } from '@n8n/scan-community-package/scanner/scanner.mjs';
import { ESLint } from 'eslint';

export interface Scan {
	files: number;
	/** Errors and warnings: n8n's scanner itself lets warnings pass. */
	findings: number;
	/** Each finding with its file, line and rule. */
	report: string;
}

/**
 * Holds the files of a folder against n8n's rules for verified packages, as n8n's scanner does before
 * it accepts one: comments that switch a rule off count for nothing. An error when a pattern fits no file.
 */
export async function scanFolder(folder: string, patterns: string[]): Promise<Scan> {
	const eslint = new ESLint({
		cwd: folder,
		allowInlineConfig: false,
		overrideConfigFile: true,
		overrideConfig: await buildScanConfig(),
	});
	const results = await eslint.lintFiles(patterns);
	const counts = results.map(({ errorCount, warningCount }) => errorCount + warningCount);
	const formatter = await eslint.loadFormatter('stylish');
	return {
		files: results.length,
		findings: counts.reduce((sum, count) => sum + count, 0),
		report: await formatter.format(results),
	};
}
