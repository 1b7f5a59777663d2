import { FACTS, getFact } from './facts.mts';
import { judge, type Finding, type Reason } from './report.mts';
import { isSeen, type Seen } from './seen.mts';

/** What a probe has seen so far. */
export class Findings {
	readonly #findings = new Map<string, Finding>();

	/** Notes what was seen. What a report must not hold is an error of the probe, and is not noted. */
	see(id: string, seen: Seen): void {
		const { kind } = getFact(id);
		if (!isSeen(kind, seen)) throw new Error(`The probe cannot report what it saw of ${id}.`);
		this.#findings.set(id, judge(id, seen));
	}

	/** Notes why nothing was seen, unless something was. */
	miss(reason: Reason, ...ids: readonly string[]): void {
		for (const id of ids) {
			getFact(id);
			if (!this.#findings.has(id)) this.#findings.set(id, { id, verdict: 'not seen', reason });
		}
	}

	/** Notes why nothing was seen of all other facts of an API, but for some that come later. */
	missOthers(reason: Reason, prefix: string, later: readonly string[] = []): void {
		const ids = FACTS.flatMap(({ id }) => (id.startsWith(prefix) ? [id] : []));
		this.miss(reason, ...ids.filter((id) => !later.includes(id.slice(prefix.length))));
	}

	/** One for each fact. What nobody noted was not reached. */
	list(): Finding[] {
		return FACTS.map(
			({ id }) => this.#findings.get(id) ?? { id, verdict: 'not seen', reason: 'not reached' },
		);
	}
}
