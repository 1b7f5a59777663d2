import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { JSON_FILE, readReport, writeReport } from '../../../scripts/probe/files.mts';
import { createReport } from './emptyReport.mts';

let folder: string;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'report-'));
});
afterEach(async () => await rm(folder, { recursive: true }));

describe('the file of a report', () => {
	it('is read as it was written', async () => {
		const report = createReport();
		await writeReport(report, folder);
		expect(await readReport(join(folder, JSON_FILE))).toEqual(report);
	});

	it.each<[string, string | undefined, string]>([
		['a file that is not there', undefined, 'There is no report PATH. npm run probe writes one.'],
		['no JSON', 'no', 'PATH is no JSON.'],
		['other JSON', '{"nodes":[]}', 'PATH: This is no report of npm run probe, version 1.'],
		['a text', '"report"', 'PATH: The report is no object.'],
	])('is refused with its path: %s', async (_name, text, message) => {
		const path = join(folder, 'file.json');
		if (text !== undefined) await writeFile(path, text);
		await expect(readReport(path)).rejects.toThrow(message.replace('PATH', path));
	});

	it('is named if a folder is given', async () => {
		await expect(readReport(folder)).rejects.toThrow(
			`${folder} is a folder. Name the report in it: ${JSON_FILE}.`,
		);
	});
});
