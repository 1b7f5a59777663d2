import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { AuditRecord } from '../../celonis/records.mts';

export interface CsvFile {
	text: string;
	/** The names in the first line, in order. */
	columns: string[];
	/** The other lines: text by column. */
	rows: Array<Record<string, string>>;
}

/** Reads a CSV file with a byte order mark. */
export async function readCsv(folder: string, name: string): Promise<CsvFile> {
	const text = await readFile(join(folder, name), 'utf8');
	const [columns = []] = parse(text, { bom: true, to: 1 }) as string[][];
	return { text, columns, rows: parse(text, { bom: true, columns: true }) as CsvFile['rows'] };
}

/** A row of the daily archive, with its JSON parsed. */
export function parseArchivedRow(row: Record<string, string>): object {
	const { timestamp, event, userId, userRole, ipAddress, port, message, diffPayload } = row;
	const parts = { message: JSON.parse(message!), diffPayload: JSON.parse(diffPayload!) };
	return { timestamp, event, userId, userRole, ipAddress, port, ...parts };
}

/** The part of a record that the daily archive keeps. */
export function pickArchived(record: AuditRecord): object {
	const { timestamp, event, userId, userRole } = record;
	const { ipAddress, port, message = null, diffPayload = null } = record;
	return {
		timestamp,
		event,
		userId,
		userRole,
		ipAddress: ipAddress ?? '',
		port: port ?? '',
		message,
		diffPayload,
	};
}
