import { buildScanConfig } from '@n8n/scan-community-package/scanner/scanner.mjs';
import { ESLint } from 'eslint';

export interface Scan {
	files: number;
	/** Errors and warnings: n8n's scanner ignores warnings. */
	findings: number;
	/** Each finding with its file, line and rule. */
	report: string;
}

/**
 * Lints the files of a folder with n8n's rules for verified packages, as n8n's scanner does: comments
 * that disable a rule are ignored. An error if a pattern matches no file.
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
