import type { Team } from '../n8n/team.mts';
import { getCredentialKind, signIn, type Authorizations } from './access.mts';
import { LIST_APIS } from './apis.mts';
import { ProbeClient, ProbeEnd, type ProbeClock } from './client.mts';
import { examineLog, type ExaminedLog } from './examineLog.mts';
import { examineMembers } from './examineMembers.mts';
import { API_TITLES, APIS, type Api } from './facts.mts';
import { Findings } from './findings.mts';
import { HeaderNotes } from './headers.mts';
import { LogReader } from './logReader.mts';
import { checkReport, FORMAT, VERSION, type End, type ProbeReport } from './report.mts';
import { examineSchema } from './schema.mts';
import type { Examination } from './session.mts';
import { compareVersions } from './versions.mts';
import { watchLogs } from './watch.mts';

export interface ProbeOptions {
	readonly team: Team;
	readonly clock: ProbeClock;
	/** Ends the probe: what it has seen is reported. */
	readonly signal: AbortSignal;
	readonly watchMinutes: number;
	/** How many requests may be sent, apart from those of a watch; 60 by default. */
	readonly maxRequests?: number;
	/** Called with what is done next. */
	readonly onStep?: (text: string, requests: number) => void;
	/** Called with an error of the probe itself, which ends it. */
	readonly onError?: (error: unknown) => void;
}

/** Looks at a team, and reports what it saw, however the look ended. */
export async function probe(options: ProbeOptions): Promise<ProbeReport> {
	const { team, clock, signal, maxRequests, onError } = options;
	const findings = new Findings();
	const notes = new HeaderNotes();
	const client = new ProbeClient({ url: team.url, clock, signal, notes, maxRequests });
	const run = new Probe(client, findings, options);
	let end: End = 'complete';
	try {
		end = await run.run();
	} catch (error) {
		if (error instanceof ProbeEnd) end = error.end;
		else {
			end = 'failed';
			onError?.(error);
		}
	}
	notes.report(findings);
	return checkReport({
		format: FORMAT,
		version: VERSION,
		credential: getCredentialKind(team),
		end,
		requests: client.count,
		watchedMinutes: run.watchedMinutes,
		findings: findings.list(),
	});
}

class Probe {
	watchedMinutes = 0;
	#authorizations: Authorizations = new Map();

	constructor(
		private readonly client: ProbeClient,
		private readonly findings: Findings,
		private readonly options: ProbeOptions,
	) {}

	async run(): Promise<End> {
		const { findings, client } = this;
		const { team, watchMinutes } = this.options;
		this.#step('signing in');
		const authorizations = await signIn(client, team, findings);
		this.#authorizations = authorizations;
		for (const api of APIS) {
			if (!authorizations.has(api)) findings.missOthers('not readable', `${api}.`);
		}
		if (authorizations.size === 0) return 'not signed in';

		const v2 = await this.#examine('v2');
		await this.#examineSchema();
		let isComplete = true;
		const others = await this.#examineOthers(v2).catch((error: unknown) => {
			if (!(error instanceof ProbeEnd) || error.end !== 'all requests used') throw error;
			isComplete = false;
			return [];
		});
		client.allowMore(1);
		await v2?.tokens?.examineLife();
		const logs = [v2, ...others].filter(isWatchable);
		if (watchMinutes > 0 && logs.length > 0) await this.#watch(logs, v2);
		if (!isComplete) return 'all requests used';
		const untried = ['lateness', 'late', 'watched'];
		for (const api of ['v2', 'v1', 'logins']) {
			findings.miss('not tried', ...untried.map((name) => `${api}.${name}`));
		}
		findings.missOthers('too few records', 'v2.');
		return 'complete';
	}

	/** Examines the other lists. Returns the logs to watch besides version 2. */
	async #examineOthers(v2: ExaminedLog | undefined): Promise<Array<ExaminedLog | undefined>> {
		const { findings } = this;
		const v1 = await this.#examine('v1', v2);
		compareVersions(v2?.sample, v1?.sample, findings);
		const logins = await this.#examine('logins');
		const members = this.#open('members');
		if (members) await examineMembers(members);
		return [v2 ? undefined : v1, logins];
	}

	async #examineSchema(): Promise<void> {
		const authorization = this.#authorizations.get('v2');
		if (authorization !== undefined) {
			this.#step("the team's own schema");
			await examineSchema(this.client, authorization, this.findings);
		}
		this.findings.missOthers('not readable', 'schema.');
	}

	/** Examines a log. The records that another version has shown are its sample. */
	async #examine(api: Api, other?: ExaminedLog): Promise<ExaminedLog | undefined> {
		const examination = this.#open(api);
		if (!examination) return undefined;
		const { clock } = this.options;
		return await examineLog(examination, clock, clock.now(), other?.sample?.window);
	}

	#open(api: Api): Examination | undefined {
		if (!this.#authorizations.has(api)) return undefined;
		const getAuthorization = () => this.#authorizations.get(api) ?? '';
		return {
			reader: new LogReader(LIST_APIS[api], this.client, getAuthorization),
			findings: this.findings,
			step: (text) => this.#step(`${API_TITLES[api]}: ${text}`),
		};
	}

	async #watch(logs: readonly ExaminedLog[], v2: ExaminedLog | undefined): Promise<void> {
		const { watchMinutes, clock, signal, team } = this.options;
		await watchLogs(logs, watchMinutes, { client: this.client, clock, signal }, async (minute) => {
			this.watchedMinutes = minute;
			this.#step(`watching, ${minute} of ${watchMinutes} minutes`);
			if (minute === 0 || minute % CHECK_MINUTES !== 0) return;
			await v2?.tokens?.examineLife();
			if (!team.oAuth2) return;
			const renewed = await signIn(this.client, team, this.findings);
			if (renewed.size > 0) this.#authorizations = renewed;
		});
	}

	#step(text: string): void {
		this.options.onStep?.(text, this.client.count);
	}
}

/** Whether the newest events can be asked for. */
const isWatchable = (log: ExaminedLog | undefined): log is ExaminedLog =>
	log !== undefined && !log.examination.reader.isZoneUnknown;

/** How often a watch tries the oldest page token, and renews access tokens, which last 15 minutes. */
const CHECK_MINUTES = 5;
