import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import GithubSlugger from 'github-slugger';
import MarkdownIt from 'markdown-it';
import { packageRoot } from '../../../scripts/n8n/paths.mts';

export interface Document {
	/** Relative to the package. */
	readonly path: string;
	/** The whole file. */
	readonly text: string;
	/** Targets of all links and pictures, as written. */
	readonly links: readonly string[];
	/** Anchors that GitHub generates for headings. */
	readonly anchors: ReadonlySet<string>;
	/** All inline code and code blocks. */
	readonly code: readonly string[];
}

const folders = ['', '.github', 'docs', 'examples', 'test'];

/** Every Markdown file of the repository. */
export async function readDocuments(): Promise<Document[]> {
	const paths = await Promise.all(
		folders.map(async (folder) => {
			const names = await readdir(join(packageRoot, folder), { recursive: folder !== '' });
			return names.filter((name) => name.endsWith('.md')).map((name) => join(folder, name));
		}),
	);
	return paths.flat().map(readDocument);
}

const parser = new MarkdownIt();

function readDocument(path: string): Document {
	const slugger = new GithubSlugger();
	const links: string[] = [];
	const anchors = new Set<string>();
	const code: string[] = [];
	const text = readFileSync(join(packageRoot, path), 'utf8');
	const blocks = parser.parse(text, {});
	for (const [position, block] of blocks.entries()) {
		const parts = block.children ?? [];
		if (blocks[position - 1]?.type === 'heading_open') anchors.add(slugger.slug(joinTexts(parts)));
		if (block.type === 'fence' || block.type === 'code_block') code.push(block.content);
		for (const part of parts) {
			const target = part.attrGet('href') ?? part.attrGet('src');
			if (target !== null) links.push(target);
			if (part.type === 'code_inline') code.push(part.content);
		}
	}
	return { path, text, links, anchors, code };
}

function joinTexts(parts: readonly { type: string; content: string }[]): string {
	return parts.map(({ content }) => content).join('');
}
