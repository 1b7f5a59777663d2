/** What is used of n8n's scanner of community packages, which brings no types. */
declare module '@n8n/scan-community-package/scanner/scanner.mjs' {
	import type { Linter } from 'eslint';

	/** Which files of a repository the scanner looks at. */
	export const SOURCE_FILE_PATTERNS: string[];

	/** The rules that a verified package has to keep. */
	export function buildScanConfig(): Promise<Linter.Config[]>;
}
