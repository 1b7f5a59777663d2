/** A JSON pointer into the document, as in a `$ref`: `#/components/…`. */
export type Pointer = string;

export interface Parameter {
	name: string;
	required: boolean;
	schema: Pointer;
}

export interface Operation {
	id: string;
	method: string;
	path: string;
	query: Parameter[];
	/** Schema of the form body, if there is one. */
	form?: Pointer;
	/** Schema of the JSON body, if there is one. */
	json?: Pointer;
	/** Schema of the fields of a multipart form, if there is one. */
	parts?: Pointer;
	/** Accepted schemes of the `Authorization` header, in lower case; `''` where it may be missing. */
	schemes: string[];
	/** Status or range (`5XX`) and where it is described. */
	responses: Map<string, Pointer>;
}

export interface Response {
	/** Media type → schema. */
	content: Map<string, Pointer>;
	headers: Parameter[];
	bodyMayBeEmpty: boolean;
}

type Node = Record<string, unknown>;

const formType = 'application/x-www-form-urlencoded';

/** Whether a path is an instance of a template, as in `/jobs/{id}`. */
function matchesTemplate(template: string, path: string): boolean {
	const steps = path.split('/');
	const expected = template.split('/');
	return (
		steps.length === expected.length &&
		expected.every(
			(step, position) =>
				step === steps[position] || (/^\{\w+\}$/.test(step) && steps[position] !== ''),
		)
	);
}

/** The part of OpenAPI 3.1 that this package's document uses: paths, query, form, references. */
export class OpenApiDocument {
	readonly operations: Operation[];

	constructor(readonly content: Node) {
		this.operations = this.children('#/paths').flatMap(([path, pathPointer]) =>
			this.children(pathPointer).map(([method, pointer]) => this.operation(path, method, pointer)),
		);
	}

	find(method: string, path: string): Operation | undefined {
		return this.operations.find(
			(operation) =>
				operation.method === method.toLowerCase() && matchesTemplate(operation.path, path),
		);
	}

	response(operation: Operation, status: number): Response | undefined {
		const { responses } = operation;
		const pointer = responses.get(String(status)) ?? responses.get(`${Math.floor(status / 100)}XX`);
		if (pointer === undefined) return undefined;
		return {
			content: this.media(pointer),
			headers: this.children(`${pointer}/headers`).map(([name, header]) => ({
				name: name.toLowerCase(),
				required: this.at(header).required === true,
				schema: `${header}/schema`,
			})),
			bodyMayBeEmpty: this.at(pointer)['x-body-may-be-empty'] === true,
		};
	}

	private operation(path: string, method: string, pointer: Pointer): Operation {
		const body = this.media(`${pointer}/requestBody`);
		return {
			id: String(this.at(pointer).operationId),
			method,
			path,
			query: this.children(`${pointer}/parameters`)
				.map(([, parameter]) => ({ ...this.at(parameter), schema: `${parameter}/schema` }) as Node)
				.filter((parameter) => parameter.in === 'query')
				.map((parameter) => ({
					name: String(parameter.name),
					required: parameter.required === true,
					schema: String(parameter.schema),
				})),
			form: body.get(formType),
			json: body.get('application/json'),
			parts: body.get('multipart/form-data'),
			schemes: this.children(`${pointer}/security`).flatMap(([, choice]) => this.schemes(choice)),
			responses: new Map(this.children(`${pointer}/responses`)),
		};
	}

	private schemes(choice: Pointer): string[] {
		const names = this.children(choice).map(([name]) => name);
		if (names.length === 0) return [''];
		return names.map((name) => {
			const scheme = this.at(`#/components/securitySchemes/${name}`);
			return scheme.type === 'oauth2' ? 'bearer' : String(scheme.scheme).toLowerCase();
		});
	}

	private media(pointer: Pointer): Map<string, Pointer> {
		return new Map(
			this.children(`${pointer}/content`).map(([type, media]) => [type, `${media}/schema`]),
		);
	}

	/** Names and pointers of a node's children, with references resolved; none if the node is missing. */
	private children(pointer: Pointer): Array<[string, Pointer]> {
		return Object.entries(this.at(pointer)).map(([name, child]) => {
			const position = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
			const reference = (child as Node | null)?.$ref;
			return [name, typeof reference === 'string' ? reference : position];
		});
	}

	private at(pointer: Pointer): Node {
		let node: unknown = this.content;
		for (const step of pointer.split('/').slice(1)) {
			node = (node as Node | undefined)?.[
				decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~')
			];
		}
		return (node ?? {}) as Node;
	}
}
