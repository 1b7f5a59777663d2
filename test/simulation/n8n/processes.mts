let count = 0;

/** The process of n8n, and another one where n8n runs twice. */
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

	/** The process ends; what it kept in memory is gone. */
	replace(): void {
		this.#ids[0] = this.#newId();
	}

	/** Another instance takes over; both go on running. Without another one, the process ends. */
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
