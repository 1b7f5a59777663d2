import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import type { Operation, Parameter, Pointer, Response } from './openapi.mts';
import { OpenApiDocument } from './openapi.mts';
import type { RecordedRequest } from './requests.mts';

export const CONTRACT_PATH = fileURLToPath(
	new URL('../../docs/openapi/celonis-audit-log.yaml', import.meta.url),
);

export type CheckedRequest = Pick<
	RecordedRequest,
	'method' | 'path' | 'query' | 'headers' | 'form' | 'json' | 'parts'
>;

/** Validates against the OpenAPI document. An empty list means valid. */
export interface Contract {
	/** The `operationId` of a request; undefined if the document has none. */
	findOperation(request: { method: string; path: string }): string | undefined;
	checkRequest(request: CheckedRequest): string[];
	/** `headers` in lower case; `body` as text, `''` for none. */
	checkResponse(
		operationId: string,
		status: number,
		headers: Readonly<Record<string, string>>,
		body: string,
	): string[];
}

const DOCUMENT_URI = 'contract:';

/** A schema in the document. */
const at = (pointer: Pointer) => ({ $ref: DOCUMENT_URI + pointer });

export function loadContract(file: string = CONTRACT_PATH): Contract {
	const document = new OpenApiDocument(parse(readFileSync(file, 'utf8')));
	const validators = {
		// Everything in a query, a form or a header is text: only there may "200" mean 200.
		validateText: createValidator(document, true),
		validateJson: createValidator(document, false),
	};
	return {
		findOperation: ({ method, path }) => document.find(method, path)?.id,
		checkRequest: (request) => checkRequest(document, validators, request),
		checkResponse: (operationId, status, headers, body) => {
			const operation = document.operations.find(({ id }) => id === operationId);
			const response = operation && document.response(operation, status);
			if (!response) return [`${operationId}: status ${status} is not documented`];
			return checkResponse(validators, response, headers, body).map(
				(problem) => `${operationId} ${status}: ${problem}`,
			);
		},
	};
}

type Validate = ReturnType<typeof createValidator>;

interface Validators {
	readonly validateText: Validate;
	readonly validateJson: Validate;
}

function checkRequest(
	document: OpenApiDocument,
	{ validateText, validateJson }: Validators,
	{ method, path, query, headers, form, json, parts }: CheckedRequest,
): string[] {
	const operation = document.find(method, path);
	if (!operation) return [`${method} ${path} is not documented`];
	const problems = validateText('query', createQuerySchema(operation.query), { ...query });
	if (operation.form) problems.push(...validateText('form', at(operation.form), { ...form }));
	if (operation.json) problems.push(...validateJson('body', at(operation.json), json ?? null));
	if (operation.parts) {
		const names = Object.keys(parts ?? {}).map((name) => [name, '']);
		problems.push(...validateText('parts', at(operation.parts), Object.fromEntries(names)));
	}
	if (!isAuthorized(operation, headers.authorization)) problems.push('no fit authorization');
	return problems.map((problem) => `${method} ${path}: ${problem}`);
}

function createQuerySchema(parameters: readonly Parameter[]): object {
	return {
		type: 'object',
		properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, at(schema)])),
		required: parameters.filter(({ required }) => required).map(({ name }) => name),
		additionalProperties: false,
	};
}

function checkResponse(
	validators: Validators,
	response: Response,
	headers: Readonly<Record<string, string>>,
	body: string,
): string[] {
	const type = headers['content-type']?.split(';')[0]?.trim() ?? '';
	const problems = checkBody(validators, response, type, body);
	for (const { name, schema } of response.headers) {
		if (headers[name] === undefined) continue;
		problems.push(...validators.validateText(`header ${name}`, at(schema), headers[name]));
	}
	return problems;
}

function checkBody(
	{ validateJson }: Validators,
	response: Response,
	type: string,
	body: string,
): string[] {
	if (body === '' && (response.content.size === 0 || response.bodyMayBeEmpty)) return [];
	const schema = response.content.get(type);
	if (schema === undefined) return [`a body of type "${type}" is not documented`];
	if (type !== 'application/json') return validateJson('body', at(schema), body);
	try {
		return validateJson('body', at(schema), JSON.parse(body));
	} catch {
		return ['the body is not JSON'];
	}
}

/** Checks values against schemas that refer to the document; each schema is compiled once. */
function createValidator(document: OpenApiDocument, coerceTypes: boolean) {
	const ajv = new Ajv2020({ strict: false, allErrors: true, coerceTypes, validateSchema: false });
	addFormats.default(ajv);
	ajv.addSchema(document.content, DOCUMENT_URI);
	const compiled = new Map<string, ValidateFunction>();
	return (part: string, schema: object, value: unknown): string[] => {
		const key = JSON.stringify(schema);
		const validate = compiled.get(key) ?? ajv.compile(schema);
		compiled.set(key, validate);
		if (validate(value)) return [];
		return (validate.errors ?? []).map(
			({ instancePath, message }) => `${part}${instancePath} ${message ?? 'is wrong'}`,
		);
	};
}

function isAuthorized({ schemes }: Operation, header: string | undefined): boolean {
	if (header === undefined) return schemes.includes('');
	const used = header.split(' ', 1)[0]?.toLowerCase() ?? '';
	return schemes.includes(used);
}
