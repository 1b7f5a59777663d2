import { MappedIndex } from '../../../schemas/elasticsearch/mappedIndex.mts';
import { runPipeline } from '../../../schemas/elasticsearch/pipeline.mts';
import {
	composeIndex,
	isFor,
	loadIndexTemplate,
	loadPipeline,
} from '../../../schemas/elasticsearch/template.mts';
import type { Json } from '../executions.mts';

/** The result for one document of a bulk request. */
export interface Outcome {
	readonly _index: string;
	readonly _id: string;
	readonly status: number;
	readonly result?: 'created';
	readonly failure_store?: 'used';
	readonly error?: { readonly type: string; readonly reason: string };
}

interface BackingIndex {
	readonly name: string;
	readonly mapping: MappedIndex;
	readonly documents: Map<string, Json>;
}

const template = loadIndexTemplate();
const definition = composeIndex(template);
const pipeline = loadPipeline();

/** Whether the project's index template is for a data stream of this name. */
export function isDataStream(name: string): boolean {
	return isFor(template, name);
}

/** A data stream with the project's index template and ingest pipeline. */
export class DataStream {
	/** Puts documents that the mapping refuses into the failure store, as Elasticsearch 9.1 does. */
	hasFailureStore = false;
	readonly failures: Json[] = [];
	readonly #name: string;
	readonly #indices: BackingIndex[] = [];

	constructor(name: string) {
		this.#name = name;
		this.rollOver();
	}

	/** All documents, in the order in which they were created. */
	get documents(): ReadonlyArray<readonly [id: string, document: Json]> {
		return this.#indices.flatMap(({ documents }) => [...documents]);
	}

	/** Starts a new index to write to. An ID is unique within one index only. */
	rollOver(): void {
		const number = String(this.#indices.length + 1).padStart(6, '0');
		const name = `.ds-${this.#name}-2026.11.25-${number}`;
		this.#indices.push({ name, mapping: new MappedIndex(definition), documents: new Map() });
	}

	/** Removes a document from all indices. */
	delete(id: string): void {
		for (const { documents } of this.#indices) documents.delete(id);
	}

	create(sent: { readonly id?: string; readonly document: Json }): Outcome {
		const { id = `auto-${this.documents.length}`, source } = runPipeline(
			pipeline,
			{ id: sent.id, source: sent.document },
			Date.now(),
		);
		const index = this.#indices.at(-1)!;
		const rejected = (status: number, type: string, reason: string): Outcome => {
			return { _index: index.name, _id: id, status, error: { type, reason } };
		};
		if (index.documents.has(id)) {
			const reason = `[${id}]: version conflict, document already exists (current version [1])`;
			return rejected(409, 'version_conflict_engine_exception', reason);
		}
		const refusal =
			source['@timestamp'] === undefined
				? 'data stream timestamp field [@timestamp] is missing'
				: index.mapping.parse(source).refusal;
		if (refusal === undefined) {
			index.documents.set(id, source);
			return { _index: index.name, _id: id, status: 201, result: 'created' };
		}
		if (!this.hasFailureStore) return rejected(400, 'document_parsing_exception', refusal);
		this.failures.push(source);
		return {
			_index: index.name.replace('.ds-', '.fs-'),
			_id: `failure-${this.failures.length}`,
			status: 201,
			result: 'created',
			failure_store: 'used',
		};
	}
}
