/** The code of the example workflow: the rules for single events as functions. */
import { renderCondition } from './javascript.mts';
import { isCorrelation, LEVELS, type DetectionRule, type RuleFile } from './rules.mts';

/** Rules of lower levels are not for alerts. */
const MIN_LEVEL = 'medium';

/** The rules that the workflow applies. */
export function selectAlertRules(rules: readonly RuleFile[]): DetectionRule[] {
	return rules
		.map(({ rule }) => rule)
		.filter((rule): rule is DetectionRule => !isCorrelation(rule))
		.filter(({ level }) => LEVELS.indexOf(level) >= LEVELS.indexOf(MIN_LEVEL));
}

/** JavaScript for n8n's Code node: one item per event and rule that it matches. */
export function renderCode(rules: readonly RuleFile[]): string {
	return `// The rules of level ${MIN_LEVEL} or higher for single events, generated from detections/*.yml.
// Remove those you do not need, or add your own: e is an event, and has(e, 'field', /pattern/)
// tells whether one of the field's values matches.
const rules = [
${selectAlertRules(rules).map(renderRule).join('\n')}
];

${HELPERS}`;
}

function renderRule(rule: DetectionRule): string {
	return `	{
		title: '${rule.title.replaceAll("'", "\\'")}',
		level: '${rule.level}',
		matches: (e) => ${renderCondition(rule)},
	},`;
}

const HELPERS = `const own = (value, key) =>
	typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? [value[key]].flat(Infinity) : [];
const values = (event, field) =>
	field.split('.').reduce((found, key) => found.flatMap((value) => own(value, key)), [event]);
const isScalar = (value) => ['string', 'number', 'boolean'].includes(typeof value);
const has = (event, field, pattern) =>
	values(event, field).some((value) => isScalar(value) && pattern.test(String(value)));
const isNull = (event, field) => values(event, field).every((value) => value === null);
const first = (event, ...fields) =>
	fields.flatMap((field) => values(event, field)).find((value) => isScalar(value) && value !== '') ?? null;

const getChange = (e) => {
	const [before, after] = [
		['message.old_permissions', 'diffPayload.oldValue'],
		['message.new_permissions', 'diffPayload.newValue'],
	].map((fields) => fields.flatMap((field) => values(e, field)).filter(isScalar).join(', '));
	return before === after ? null : \`\${before || 'none'} → \${after || 'none'}\`.slice(0, 300);
};

return $input.all().flatMap(({ json: e }, index) =>
	rules
		.filter(({ matches }) => matches(e))
		.map(({ title, level }) => ({
			json: {
				timestamp: e.timestamp ?? null,
				level,
				title,
				event: first(e, 'event', 'authenticationEventType'),
				who: first(e, 'actor.email', 'actor.id', 'userId', 'email') ?? 'somebody unknown',
				whom: first(e, 'message.subject_description', 'message.invitee', 'message.userEmail', 'message.email'),
				what: first(e, 'message.object_description', 'message.name', 'message.clientName', 'message.dataPoolName', 'message.teamId'),
				change: getChange(e),
				eventId: e.eventId ?? null,
			},
			pairedItem: index,
		})),
);
`;
