import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SetupError, toSetupError } from '../n8n/setupError.mts';
import { formatMarkdown } from './format.mts';
import { checkReport, ReportError, type ProbeReport } from './report.mts';

export const JSON_FILE = 'probe-report.json';
export const MARKDOWN_FILE = 'probe-report.md';

/** Writes both files of a report into a folder. Nothing gets into them that `checkReport` does not know. */
export async function writeReport(report: ProbeReport, folder: string): Promise<void> {
	const checked = checkReport(report);
	await mkdir(folder, { recursive: true });
	await writeWhole(join(folder, JSON_FILE), `${JSON.stringify(checked, null, '\t')}\n`);
	await writeWhole(join(folder, MARKDOWN_FILE), formatMarkdown(checked));
}

/** Reads a report; a `SetupError` says what is wrong with the file. */
export async function readReport(path: string): Promise<ProbeReport> {
	try {
		return checkReport(JSON.parse(await readFile(path, 'utf8')));
	} catch (error) {
		if (error instanceof SyntaxError) throw new SetupError(`${path} is no JSON.`);
		if (error instanceof ReportError) throw new SetupError(`${path}: ${error.message}`);
		const { code } = error as NodeJS.ErrnoException;
		if (code === 'ENOENT') {
			throw new SetupError(`There is no report ${path}. npm run probe writes one.`);
		}
		if (code === 'EISDIR') {
			throw new SetupError(`${path} is a folder. Name the report in it: ${JSON_FILE}.`);
		}
		throw toSetupError(error);
	}
}

/** The whole file or nothing. */
async function writeWhole(path: string, text: string): Promise<void> {
	await writeFile(`${path}.new`, text);
	await rename(`${path}.new`, path);
}
