import type { MappedIndex } from '../../schemas/elasticsearch/mappedIndex.mts';
import type { NamedDocument } from './documents.mts';

/** What became of documents. */
export interface Indexed {
	readonly index: MappedIndex;
	readonly refused: readonly string[];
	/** Paths of values that are only stored. */
	readonly ignored: ReadonlySet<string>;
}

export function indexAll(documents: Iterable<NamedDocument>, index: MappedIndex): Indexed {
	const refused: string[] = [];
	const ignored = new Set<string>();
	for (const [name, document] of documents) {
		const { refusal, ignored: paths } = index.parse(document);
		if (refusal !== undefined) refused.push(`${name}: ${refusal}`);
		for (const path of paths) ignored.add(path);
	}
	return { index, refused, ignored };
}
