/** The grammar of Sigma's conditions. */

export type Condition =
	| { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] }
	| { readonly kind: 'not'; readonly part: Condition }
	| {
			readonly kind: 'selections';
			/** A name, a pattern with `*`, or `them`. */
			readonly pattern: string;
			readonly quantity: '1' | 'all';
	  };

/**
 * Parses a condition: names of selections, `1 of …`, `all of …`, `not`, `and`, `or`, parentheses. `not`
 * binds more than `and`, which binds more than `or`. Throws an error that says where it ends to be one.
 */
export function parseCondition(text: string): Condition {
	const tokens = text.match(/[()]|[^\s()]+/g) ?? [];
	let position = 0;

	const fail = (): never => {
		const rest = tokens.slice(position).join(' ') || 'its end';
		throw new Error(`The condition "${text}" is not valid at ${rest}`);
	};
	const accept = (token: string): boolean => {
		if (tokens[position] !== token) return false;
		position++;
		return true;
	};
	const parseChain = (kind: 'and' | 'or', parsePart: () => Condition): Condition => {
		const parts = [parsePart()];
		while (accept(kind)) parts.push(parsePart());
		return parts.length === 1 ? parts[0]! : { kind, parts };
	};
	const parseOr = (): Condition => parseChain('or', () => parseChain('and', parseNot));
	const parseNot = (): Condition =>
		accept('not') ? { kind: 'not', part: parseNot() } : parseOperand();
	const parseOperand = (): Condition => {
		if (accept('(')) {
			const inner = parseOr();
			return accept(')') ? inner : fail();
		}
		const quantity = accept('1') ? '1' : accept('all') ? 'all' : undefined;
		if (quantity && !accept('of')) return fail();
		const pattern = tokens[position] ?? '';
		const isPattern = quantity ? /^[\w*-]+$/.test(pattern) : /^[a-z_][\w-]*$/i.test(pattern);
		if (!isPattern || RESERVED.has(pattern) || (pattern === 'them' && !quantity)) return fail();
		position++;
		return { kind: 'selections', pattern, quantity: quantity ?? 'all' };
	};

	const condition = parseOr();
	return position === tokens.length ? condition : fail();
}

const RESERVED = new Set(['and', 'or', 'not', 'of', 'all', '1']);
