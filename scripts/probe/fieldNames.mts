/**
 * The words that names of fields may consist of in a report. Where the keys of a record are data, such as
 * e-mail addresses or names of people, they have other words and are only counted.
 */
const WORDS = new Set(
	[
		'access account action actions active activity actor address addresses after agent analysis api',
		'app application asset assets assignee attempt audit auth authentication author authorization',
		'avatar based batch before body bool browser category changed changes client cloud code cols',
		'column columns comment config configuration connection content context correlation count country',
		'create created creation creator current cursor data database date datetime days deleted deletion',
		'delta description detail details device diff direction display dto duration email emails empty',
		'enabled end entity entries entry environment epoch error errors event events expires external',
		'failed failure field fields file filter first flow folder format found from full geo group groups',
		'has hash header headers history host href http id identifier identity ids inactivity index info',
		'initiator internal invitation invited invitee ip is item items job json key keys kind label last',
		'level limit link links list location log login logs max member members message messages meta',
		'metadata method min model modified more name names new next node number object objects of offset',
		'old on operation operations order origin outcome owner package page pageable paged pages paging',
		'parent password path payload performed period permission permissions pool port position prev',
		'previous process product project properties provider push query reason record records ref',
		'reference region request requested resource response result results role roles root row rows scope',
		'scopes self sender sequence server service session severity size snapshot sort sorted source',
		'space start started state status string sub subject success summary system table target task team',
		'tenant text time timestamp timezone title to token total trace transaction transport triggered',
		'tx type types unpaged unsorted updated updater upload url user users utc uuid value values variable',
		'version view workspace zone oidc saml scim sso mfa',
	]
		.join(' ')
		.split(' '),
);

/** Documented names that have other words. */
const DOCUMENTED = new Set(['nameAndEmail']);

const MAX_LENGTH = 60;
const SEPARATED = /^[A-Za-z0-9]+(?:[ ._-][A-Za-z0-9]+)*$/;
const WORD = /[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+|[0-9]+/g;

/** Whether the name of a field can be no data: it is documented, or consists of technical words only. */
export function isSafeName(name: string): boolean {
	if (DOCUMENTED.has(name)) return true;
	if (name.length > MAX_LENGTH || !SEPARATED.test(name)) return false;
	const words = name.match(WORD) ?? [];
	return words.length > 0 && words.every((word) => WORDS.has(word.toLowerCase()));
}
