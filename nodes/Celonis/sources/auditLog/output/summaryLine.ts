import type { MemberDirectory } from '../../../members/directory';
import type { NamedEntity } from '../../../output/entities';
import { labelActor, labelUser, quoteName, toOneLine } from '../../../output/labels';
import { memoizeByText } from '../../../records/memoize';
import type { Details } from './details';
import { getPhrase, type Phrase } from './phrases';
import { getTarget, isActor, type Target } from './target';

/** More permissions are counted. */
const MAX_LISTED = 10;

/**
 * One line that says who did what to whom or what, and with which result, such as `Ada
 * (ada@example.com) granted ADMIN to bob@example.com`. Names from the members of the team are used where
 * the record has none.
 */
export function writeSummaryLine(details: Details, members?: MemberDirectory): string {
	const { eventName, actor, outcome, reason } = details;
	const who = labelActor(actor, members);
	const phrase = getPhrase(eventName);
	const isFailure = outcome === 'failure';
	const result = isFailure && reason !== undefined ? `: ${toOneLine(reason)}` : '';
	if (phrase === undefined) {
		const failed = isFailure ? `, which failed${result}` : '';
		return `${who} triggered ${describeUndocumented(details)}${failed}`;
	}
	const deeds = describePrivileges(details, phrase, members) ?? [
		describeDeed(details, phrase, members),
	];
	return isFailure
		? `${who} failed to ${deeds.join(' and ')}${result}`
		: `${who} ${deeds.map(toPastTense).join(' and ')}`;
}

function describeUndocumented({ eventName, object }: Details): string {
	const event = eventName === '' ? 'an unnamed event' : toOneLine(eventName);
	const name = nameObject(object);
	return name === undefined ? event : `${event} for ${name}`;
}

function describeDeed(
	details: Details,
	{ text, ofActor }: Phrase,
	members: MemberDirectory | undefined,
): string {
	const target = getTarget(details);
	if (ofActor !== undefined && target && isActor(target, details.actor)) {
		return fillIn(ofActor, details.object);
	}
	return fillIn(text, details.object, target && labelTarget(target, members));
}

/** What was granted and revoked; `undefined` if the record does not say it, or nothing was. */
function describePrivileges(
	details: Details,
	{ text }: Phrase,
	members: MemberDirectory | undefined,
): string[] | undefined {
	const { classification, privileges, object, actor } = details;
	const { gained, lost } = privileges;
	if (classification.ocsfClass !== 'userAccess' || gained.length + lost.length === 0) {
		return undefined;
	}
	const target = getTarget(details);
	const isSelf = target !== undefined && isActor(target, actor);
	const label = isSelf ? 'themselves' : ((target && labelTarget(target, members)) ?? 'somebody');
	const granted = gained.length > 0 ? [`grant ${listTexts(gained)} to ${label}`] : [];
	const from = gained.length > 0 ? '' : ` from ${label}`;
	const revoked = lost.length > 0 ? [`revoke ${listTexts(lost)}${from}`] : [];
	const deeds = [...granted, ...revoked];
	const where = describePlace(text, object);
	return deeds.map((deed, i) => (i === deeds.length - 1 ? deed + where : deed));
}

/** On what permissions were changed. What kind of object it is, few events say. */
function describePlace(text: string, object: NamedEntity): string {
	const [noun] = /\[[^\]]*\]/.exec(text) ?? [];
	if (noun !== undefined) return ` on ${fillIn(noun, object)}`;
	const name = nameObject(object);
	return name === undefined ? '' : ` on ${name}`;
}

/** Fills in the object `[a data pool]` and the target `{a user}`. */
function fillIn(text: string, object: NamedEntity, target?: string): string {
	return text.replace(/\[([^\]]*)\]|\{([^}]*)\}/g, (_, noun?: string, somebody?: string) =>
		noun === undefined ? (target ?? somebody ?? '') : nameWithNoun(noun, object),
	);
}

function nameWithNoun(noun: string, object: NamedEntity): string {
	const name = nameObject(object);
	return name === undefined ? noun : `the ${noun.replace(/^(an?|the) /, '')} ${name}`;
}

function nameObject({ id, name }: NamedEntity): string | undefined {
	if (name !== undefined) return quoteName(name);
	return id && toOneLine(id);
}

function labelTarget(target: Target, members: MemberDirectory | undefined): string | undefined {
	if (target.type === 'group') return nameWithNoun('group', target.group);
	const { user } = target;
	return target.type === 'application'
		? nameWithNoun('application', user)
		: labelUser(user, members);
}

function listTexts(texts: readonly string[]): string {
	const listed = texts.slice(0, MAX_LISTED).map(toOneLine).join(', ');
	const more = texts.length - MAX_LISTED;
	return more > 0 ? `${listed} and ${more} more` : listed;
}

const IRREGULAR_PAST: Readonly<Record<string, string>> = {
	leave: 'left',
	reset: 'reset',
	run: 'ran',
	set: 'set',
};

/** Puts the first word, a verb in its base form, into the past tense. */
function toPastTense(deed: string): string {
	const end = deed.indexOf(' ');
	return end < 0 ? toPastVerb(deed) : toPastVerb(deed.slice(0, end)) + deed.slice(end);
}

const toPastVerb = memoizeByText((verb) => {
	const irregular = IRREGULAR_PAST[verb];
	if (irregular !== undefined) return irregular;
	if (verb.endsWith('e')) return `${verb}d`;
	return /[^aeiou]y$/.test(verb) ? `${verb.slice(0, -1)}ied` : `${verb}ed`;
});
