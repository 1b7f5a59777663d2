/** Sigma rules as JavaScript, for n8n's Code node. */
import { parseDetection, TEXT_FLAGS, type Expression, type FieldMatch } from './expression.mts';
import type { DetectionRule } from './rules.mts';

/** The condition of a rule on the event `e`, by the functions `has` and `isNull` of the Code node. */
export function renderCondition({ detection }: Pick<DetectionRule, 'detection'>): string {
	return render(parseDetection(detection));
}

function render(expression: Expression): string {
	if (expression.kind === 'field') return renderMatch(expression);
	if (expression.kind === 'not') return `!${renderOperand(expression.part)}`;
	const { kind, parts } = expression;
	if (kind === 'and') return parts.map(renderOperand).join(' && ');
	return mergeTexts(parts).map(renderOperand).join(' || ');
}

function renderOperand(expression: Expression): string {
	const isChain = expression.kind === 'and' || expression.kind === 'or';
	const text = render(expression);
	return isChain && / (&&|\|\|) /.test(text) ? `(${text})` : text;
}

/** Alternatives for the same field are one regular expression. */
function mergeTexts(parts: readonly Expression[]): Expression[] {
	const merged: Expression[] = [];
	for (const part of parts) {
		const last = merged.at(-1);
		if (isText(part) && last && isText(last) && part.field === last.field) {
			const sources = [...last.test.sources, ...part.test.sources];
			merged[merged.length - 1] = { ...part, test: { kind: 'text', sources } };
		} else merged.push(part);
	}
	return merged;
}

type TextMatch = FieldMatch & { readonly test: { readonly kind: 'text' } };

function isText(expression: Expression): expression is TextMatch {
	return expression.kind === 'field' && expression.test.kind === 'text';
}

function renderMatch({ field, test }: FieldMatch): string {
	const name = `'${field.replace(/[\\']/g, '\\$&')}'`;
	if (test.kind === 'null') return `isNull(e, ${name})`;
	if (test.kind === 'regex') return `has(e, ${name}, ${test.pattern})`;
	if (test.kind !== 'text') throw new Error(`${field}: no rule needs ${test.kind} as JavaScript`);
	return `has(e, ${name}, ${renderTexts(test.sources)})`;
}

function renderTexts(sources: readonly string[]): string {
	const inner = sources.map((source) => /^\.\*(.+)\.\*$/.exec(source)?.[1]);
	const isContained = inner.every((source) => source !== undefined);
	if (isContained) return `${new RegExp(inner.join('|'), TEXT_FLAGS)}`;
	return `${new RegExp(sources.length === 1 ? `^${sources[0]}$` : `^(${sources.join('|')})$`, TEXT_FLAGS)}`;
}
