/** Types of the used part of n8n's scanner of community packages, which has none. */
declare module '@n8n/scan-community-package/scanner/scanner.mjs' {
	import type { Linter } from 'eslint';

	/** The files of a repository that the scanner lints. */
	export const SOURCE_FILE_PATTERNS: string[];

	/** The rules for verified packages. */
	export function buildScanConfig(): Promise<Linter.Config[]>;
}
