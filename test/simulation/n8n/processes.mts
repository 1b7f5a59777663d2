let count = 0;

/** The processes of n8n: one, or two instances. */
export class Processes {
	#ids: string[];

	constructor(
		private readonly name: string,
		instances: number,
	) {
		this.#ids = Array.from({ length: instances }, () => this.#newId());
	}

	get current(): string {
		return this.#ids[0]!;
	}

	/** The process ends and loses its memory; a new one starts. */
	replace(): void {
		this.#ids[0] = this.#newId();
	}

	/** The other instance takes over; both continue to run. Without another instance, the process restarts. */
	takeOver(): 'leadershipChange' | 'init' {
		if (this.#ids.length === 1) {
			this.replace();
			return 'init';
		}
		this.#ids.reverse();
		return 'leadershipChange';
	}

	/** The process ends, and the other instance takes over. */
	crashAndTakeOver(): 'leadershipChange' | 'init' {
		this.replace();
		return this.#ids.length === 1 ? 'init' : this.takeOver();
	}

	#newId(): string {
		return `${this.name}-${++count}`;
	}
}
