export const COLUMN_TYPES = [
	'STRING',
	'INTEGER',
	'FLOAT',
	'BOOLEAN',
	'DATE',
	'DATETIME',
	'TIME',
] as const;
export type ColumnType = (typeof COLUMN_TYPES)[number];

export interface Column {
	columnName: string;
	columnType: ColumnType;
	fieldLength?: number | null;
	pkField?: boolean | null;
}

export interface CsvParsingOptions {
	escapeSequence?: string | null;
	quoteSequence?: string | null;
	separatorSequence?: string | null;
	lineEnding?: string | null;
	charSet?: string | null;
	decimalSeparator?: string | null;
	thousandSeparator?: string | null;
	dateFormat?: string | null;
	additionalColumnOptions?: Array<{ columnName: string; dateFormat?: string | null }> | null;
}

/** A job as it is requested; the names are Celonis'. */
export interface JobRequest {
	targetName: string;
	type: 'REPLACE' | 'DELTA';
	fileType: 'CSV';
	dataPoolId: string;
	keys?: string[] | null;
	fallbackVarcharLength?: number | null;
	tableSchema?: { tableName?: string | null; columns: Column[] } | null;
	csvParsingOptions?: CsvParsingOptions | null;
}

export interface FieldProblem {
	attribute: string;
	error: string;
}

/** The job that a body requests, or what is wrong with it. */
export function parseJobRequest(body: string, poolId: string): JobRequest | FieldProblem[] {
	let request: unknown;
	try {
		request = JSON.parse(body);
	} catch {
		return [{ attribute: 'body', error: 'is not JSON' }];
	}
	if (typeof request !== 'object' || request === null) {
		return [{ attribute: 'body', error: 'is not an object' }];
	}
	const problems = checkJobRequest(request as Partial<JobRequest>, poolId);
	return problems.length > 0 ? problems : (request as JobRequest);
}

function checkJobRequest(request: Partial<JobRequest>, poolId: string): FieldProblem[] {
	const { targetName, type, fileType, dataPoolId, keys, tableSchema } = request;
	const problems: FieldProblem[] = [];
	const unless = (isRight: boolean, attribute: string, error: string) => {
		if (!isRight) problems.push({ attribute, error });
	};
	unless(/^\w{1,100}$/.test(String(targetName ?? '')), 'targetName', 'is missing or not a name');
	unless(type === 'REPLACE' || type === 'DELTA', 'type', 'must be REPLACE or DELTA');
	unless(fileType === 'CSV', 'fileType', 'the simulator reads CSV only');
	unless(dataPoolId === poolId, 'dataPoolId', 'is not the data pool of the path');
	const columns = tableSchema?.columns ?? [];
	if (tableSchema) {
		const { tableName } = tableSchema;
		unless(columns.length > 0, 'tableSchema.columns', 'is empty');
		unless(!tableName || tableName === targetName, 'tableSchema.tableName', 'is not targetName');
		problems.push(...checkColumns(columns));
		const names = columns.map(({ columnName }) => columnName);
		unless(
			(keys ?? []).every((key) => names.includes(key)),
			'keys',
			'a key is no column',
		);
	}
	return problems;
}

function checkColumns(columns: Column[]): FieldProblem[] {
	const names = columns.map(({ columnName }) => String(columnName).toUpperCase());
	const problems: FieldProblem[] = [];
	if (new Set(names).size < names.length || names.includes(changeDate)) {
		problems.push({ attribute: 'tableSchema.columns', error: 'a name is taken already' });
	}
	for (const [index, { columnName, columnType, fieldLength }] of columns.entries()) {
		const attribute = `tableSchema.columns[${index}]`;
		if (!columnName) problems.push({ attribute, error: 'has no name' });
		if (!COLUMN_TYPES.includes(columnType)) {
			problems.push({ attribute, error: `has an unknown type: ${String(columnType)}` });
		}
		if (fieldLength !== undefined && fieldLength !== null && !(fieldLength > 0)) {
			problems.push({ attribute, error: 'has no positive fieldLength' });
		}
	}
	return problems;
}

/** The column that Celonis adds to every pushed table. */
export const changeDate = '_CELONIS_CHANGE_DATE';
