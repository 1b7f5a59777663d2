import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import type { Operation, Parameter, Pointer, Response } from './openapi.mts';
import { OpenApiDocument } from './openapi.mts';
import type { RecordedRequest } from './requests.mts';

export const contractFile = fileURLToPath(
	new URL('../../docs/openapi/celonis-audit-log.yaml', import.meta.url),
);

export type CheckedRequest = Pick<
	RecordedRequest,
	'method' | 'path' | 'query' | 'headers' | 'form' | 'json' | 'parts'
>;

/** The OpenAPI document as a judge. An empty list means that there is nothing to complain about. */
export interface Contract {
	/** The `operationId` of a request; undefined for what the document does not know. */
	operationOf(request: { method: string; path: string }): string | undefined;
	requestProblems(request: CheckedRequest): string[];
	/** `headers` in lower case; `body` as text, `''` for none. */
	answerProblems(
		operationId: string,
		status: number,
		headers: Readonly<Record<string, string>>,
		body: string,
	): string[];
}

const documentUri = 'contract:';

/** A schema that stands somewhere in the document. */
const at = (pointer: Pointer) => ({ $ref: documentUri + pointer });

export function loadContract(file: string = contractFile): Contract {
	const document = new OpenApiDocument(parse(readFileSync(file, 'utf8')));
	// Everything in a query, a form or a header is text: only there "200" may stand for 200.
	const ofTexts = checker(document, true);
	const ofJson = checker(document, false);

	const partProblems = (part: string, parameters: Parameter[], values: object): string[] =>
		ofTexts(
			part,
			{
				type: 'object',
				properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, at(schema)])),
				required: parameters.filter(({ required }) => required).map(({ name }) => name),
				additionalProperties: false,
			},
			{ ...values },
		);

	const bodyProblems = (response: Response, type: string, body: string): string[] => {
		if (body === '' && (response.content.size === 0 || response.bodyMayBeEmpty)) return [];
		const schema = response.content.get(type);
		if (schema === undefined) return [`a body of type "${type}" is not documented`];
		if (type !== 'application/json') return ofJson('body', at(schema), body);
		try {
			return ofJson('body', at(schema), JSON.parse(body));
		} catch {
			return ['the body is not JSON'];
		}
	};

	return {
		operationOf: ({ method, path }) => document.find(method, path)?.id,

		requestProblems: (request) => {
			const { method, path, query, headers, form, json, parts } = request;
			const operation = document.find(method, path);
			if (!operation) return [`${method} ${path} is not documented`];
			const problems = partProblems('query', operation.query, query);
			if (operation.form) problems.push(...ofTexts('form', at(operation.form), { ...form }));
			if (operation.json) problems.push(...ofJson('body', at(operation.json), json ?? null));
			if (operation.parts) {
				const names = Object.keys(parts ?? {}).map((name) => [name, '']);
				problems.push(...ofTexts('parts', at(operation.parts), Object.fromEntries(names)));
			}
			if (!isAuthorized(operation, headers.authorization)) problems.push('no fit authorization');
			return problems.map((problem) => `${method} ${path}: ${problem}`);
		},

		answerProblems: (operationId, status, headers, body) => {
			const operation = document.operations.find(({ id }) => id === operationId);
			const response = operation && document.response(operation, status);
			if (!response) return [`${operationId}: status ${status} is not documented`];
			const type = headers['content-type']?.split(';')[0]?.trim() ?? '';
			const problems = bodyProblems(response, type, body);
			for (const { name, schema } of response.headers) {
				if (headers[name] === undefined) continue;
				problems.push(...ofTexts(`header ${name}`, at(schema), headers[name]));
			}
			return problems.map((problem) => `${operationId} ${status}: ${problem}`);
		},
	};
}

/** Checks values against schemas that refer to the document; each schema is compiled once. */
function checker(document: OpenApiDocument, coerceTypes: boolean) {
	const ajv = new Ajv2020({ strict: false, allErrors: true, coerceTypes, validateSchema: false });
	addFormats.default(ajv);
	ajv.addSchema(document.content, documentUri);
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
