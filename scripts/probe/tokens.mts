import type { Answer, ProbeClock, Query } from './client.mts';
import { writeWindow } from './forms.mts';
import { toReadRecord } from './logReader.mts';
import { isRefusal, readPage, type Page } from './page.mts';
import { getFactId, type Examination, type Sample } from './session.mts';

/** A token, the page that it led to, and when it was issued. */
interface KnownToken {
	readonly token: string | number;
	readonly content: string;
	readonly issuedAtMs: number;
}

const MAX_EMPTY_PAGES = 3;
/** A token that was just found, and tried twice. */
const MAX_NEW_MS = 5000;
const STATUSES = ['400', '401', '403', '404', '410', '422'];

/** Examines the page tokens of version 2, on pages of one record. */
export class TokenExamination {
	/** Taken at the end, and during a watch. */
	#spare: KnownToken | undefined;
	#isSingleUse = false;
	#usableMs = 0;

	constructor(
		private readonly examination: Examination,
		private readonly sample: Sample,
		private readonly clock: ProbeClock,
	) {}

	async examine(): Promise<void> {
		const { findings, step } = this.examination;
		step('page tokens');
		const known = await this.#findToken();
		if (!known) {
			findings.miss('too few records', ...TOKEN_FACTS.map((name) => this.#fact(name)));
			return;
		}
		findings.see(this.#fact('tokenForm'), typeof known.token === 'number' ? 'number' : 'text');
		step('a token used twice');
		const second = await this.#use(known, this.#query(known.token));
		findings.see(this.#fact('tokenReuse'), this.#compare(second, known));
		this.#isSingleUse = isRefusal(second);
		this.#spare = this.#isSingleUse ? await this.#findUnused(known) : known;

		const window = { ...this.sample.window, toMs: this.sample.window.toMs! + 1000 };
		await this.#vary('tokenWithoutWindow', 'no window', { from: undefined, to: undefined });
		const { reader } = this.examination;
		await this.#vary('tokenOtherWindow', "another 'to'", writeWindow(window, reader.form));
		await this.#vary('tokenOtherLimit', "another 'limit'", reader.size(2));
	}

	/** Whether the oldest token can still be used. */
	async examineLife(): Promise<void> {
		const { findings, step } = this.examination;
		const spare = this.#spare;
		if (!spare) {
			findings.miss('not used here', ...LIFE_FACTS.map((name) => this.#fact(name)));
			return;
		}
		step('the age of a token');
		const answer = await this.#use(spare, this.#query(spare.token));
		if (isRefusal(answer)) {
			const status = String(answer.status);
			findings.see(this.#fact('tokenLife'), 'expired');
			findings.see(this.#fact('expiredStatus'), STATUSES.includes(status) ? status : 'other');
		} else if (readPage(answer)) findings.see(this.#fact('tokenLife'), 'usable');
		if (isRefusal(answer) || this.#isSingleUse) this.#spare = undefined;
		findings.see(this.#fact('tokenUsableSeconds'), Math.ceil(this.#usableMs / 1000));
		findings.miss('not used here', ...LIFE_FACTS.map((name) => this.#fact(name)));
	}

	/** Sends a request with a token whose other parameters differ from those before. */
	async #vary(name: string, what: string, changes: Query): Promise<void> {
		const { findings, step } = this.examination;
		step(`a token with ${what}`);
		for (let known = this.#spare; known; ) {
			const answer = await this.#use(known, { ...this.#query(known.token), ...changes });
			if (!isRefusal(answer) || this.#isSingleUse || (await this.#isUsable(known))) {
				findings.see(this.#fact(name), this.#compare(answer, known));
				if (this.#isSingleUse) this.#spare = await this.#findUnused(known);
				return;
			}
			// It has expired meanwhile. A new one expires at once, or shows what the request does.
			const isNew = this.clock.now() - known.issuedAtMs < MAX_NEW_MS;
			known = isNew ? undefined : await this.#findToken();
			if (known) this.#spare = known;
		}
		findings.miss('not clear', this.#fact(name));
	}

	/** A token that was not used yet, for a page that is known. */
	async #findUnused({ content }: KnownToken): Promise<KnownToken | undefined> {
		const unused = await this.#findToken(false);
		return unused && { ...unused, content };
	}

	async #isUsable(known: KnownToken): Promise<boolean> {
		return !isRefusal(await this.#use(known, this.#query(known.token)));
	}

	/** Reads up to a page with a record, and, unless told otherwise, with the token that leads to it. */
	async #findToken(isFollowed = true): Promise<KnownToken | undefined> {
		const { reader, findings } = this.examination;
		const { window } = this.sample;
		let page = readPage(await reader.request(window, 1));
		for (let i = 0; page && i < MAX_EMPTY_PAGES; i++) {
			const issuedAtMs = this.clock.now();
			if (page.token === undefined) return undefined;
			if (page.records.length === 0) findings.see(this.#fact('emptyPages'), 'yes');
			const known = { token: page.token, content: '', issuedAtMs };
			if (!isFollowed && page.records.length > 0) return known;
			const next: Page | undefined = readPage(await this.#use(known, this.#query(page.token)));
			if (next && next.records.length > 0 && page.records.length > 0) {
				return { ...known, content: describe(next) };
			}
			page = next;
		}
		return undefined;
	}

	async #use({ issuedAtMs }: KnownToken, query: Query): Promise<Answer> {
		const answer = await this.examination.reader.requestQuery(query);
		if (readPage(answer)) this.#usableMs = Math.max(this.#usableMs, answer.sentAtMs - issuedAtMs);
		return answer;
	}

	#compare(answer: Answer, { content }: KnownToken): string {
		if (isRefusal(answer)) return 'refused';
		const page = readPage(answer);
		if (!page) return 'another page';
		if (describe(page) === content) return 'the same page';
		const [first] = page.records;
		const isLonger = page.records.length === 2 && first && describeRecords([first]) === content;
		return isLonger ? 'that many records' : 'another page';
	}

	#query(token: string | number): Query {
		const { reader } = this.examination;
		return { ...writeWindow(this.sample.window, reader.form), ...reader.size(1), pageToken: token };
	}

	#fact(name: string): string {
		return getFactId(this.examination, name);
	}
}

const LIFE_FACTS = ['tokenLife', 'tokenUsableSeconds', 'expiredStatus'];
const TOKEN_FACTS = [
	...['tokenForm', 'tokenReuse', 'tokenWithoutWindow', 'tokenOtherWindow', 'tokenOtherLimit'],
	...LIFE_FACTS,
];

const describe = ({ records }: Page): string => describeRecords(records);

const describeRecords = (records: Page['records']): string =>
	records.map((record) => toReadRecord(record).content).join('\n');

/** The token of a last page. */
export function describeLastToken({ fields }: Page): 'absent' | 'empty' | 'null' | undefined {
	const { nextPageToken } = fields;
	if (nextPageToken === undefined) return 'absent';
	if (nextPageToken === null) return 'null';
	return nextPageToken === '' ? 'empty' : undefined;
}
