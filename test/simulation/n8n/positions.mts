import type { Batch } from '../history.mts';

/** What an engine knows of the node's position in the log of one team. */
export interface Position {
	/** The last batch of the team. */
	readonly batch: Batch;
	/** The process that saved the position. */
	readonly owner: string | undefined;
	/** When its poll began; `undefined` if none has succeeded. */
	readonly polledMs: number | undefined;
}

const NONE: Position = { batch: [], owner: undefined, polledMs: undefined };

/** The positions of the node's state, by team. */
export class Positions {
	readonly #byTeam: Map<string, Position>;

	constructor(copied?: Positions) {
		this.#byTeam = new Map(copied ? copied.#byTeam : []);
	}

	get(team: string): Position {
		return this.#byTeam.get(team) ?? NONE;
	}

	change(team: string, change: Partial<Position>): void {
		this.#byTeam.set(team, { ...this.get(team), ...change });
	}

	teams(): Iterable<string> {
		return this.#byTeam.keys();
	}
}
