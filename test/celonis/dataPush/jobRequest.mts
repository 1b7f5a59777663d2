export const columnTypes = [
	'STRING',
	'INTEGER',
	'FLOAT',
	'BOOLEAN',
	'DATE',
	'DATETIME',
	'TIME',
] as const;
export type ColumnType = (typeof columnTypes)[number];

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

/** A job as it is asked for; the names are Celonis'. */
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

/** The job that a body asks for, or what is wrong with it. */
export function jobRequest(body: string, poolId: string): JobRequest | FieldProblem[] {
	let asked: unknown;
	try {
		asked = JSON.parse(body);
	} catch {
		return [{ attribute: 'body', error: 'is not JSON' }];
	}
	if (typeof asked !== 'object' || asked === null) {
		return [{ attribute: 'body', error: 'is not an object' }];
	}
	const problems = problemsOf(asked as Partial<JobRequest>, poolId);
	return problems.length > 0 ? problems : (asked as JobRequest);
}

function problemsOf(asked: Partial<JobRequest>, poolId: string): FieldProblem[] {
	const { targetName, type, fileType, dataPoolId, keys, tableSchema } = asked;
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
		problems.push(...columnProblems(columns));
		const names = columns.map(({ columnName }) => columnName);
		unless(
			(keys ?? []).every((key) => names.includes(key)),
			'keys',
			'a key is no column',
		);
	}
	return problems;
}

function columnProblems(columns: Column[]): FieldProblem[] {
	const names = columns.map(({ columnName }) => String(columnName).toUpperCase());
	const problems: FieldProblem[] = [];
	if (new Set(names).size < names.length || names.includes(changeDate)) {
		problems.push({ attribute: 'tableSchema.columns', error: 'a name is taken already' });
	}
	for (const [index, { columnName, columnType, fieldLength }] of columns.entries()) {
		const attribute = `tableSchema.columns[${index}]`;
		if (!columnName) problems.push({ attribute, error: 'has no name' });
		if (!columnTypes.includes(columnType)) {
			problems.push({ attribute, error: `has an unknown type: ${String(columnType)}` });
		}
		if (fieldLength !== undefined && fieldLength !== null && !(fieldLength > 0)) {
			problems.push({ attribute, error: 'has no positive fieldLength' });
		}
	}
	return problems;
}

/** The column that Celonis adds to every table that was pushed. */
export const changeDate = '_CELONIS_CHANGE_DATE';
