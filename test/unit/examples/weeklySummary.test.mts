import { describe, expect, it } from '@jest/globals';
import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';
import { runCodeNode } from '../../support/codeNode.mts';

// A Monday after a Sunday of 23 hours.
const now = DateTime.fromISO('2026-03-30T07:00:00', { zone: 'Europe/Berlin' });

async function writeMail(
	events: IDataObject[] = [{}],
	noteworthy: IDataObject[] = [{}],
): Promise<Record<'subject' | 'html' | 'text', string>> {
	const nodes = { 'Last two weeks': events, 'Noteworthy events': noteworthy };
	const [item] = await runCodeNode('weekly-summary.json', 'Mail', { nodes, now });
	return item!.json as Record<'subject' | 'html' | 'text', string>;
}

const at = (localTime: string, more: IDataObject = {}): IDataObject => ({
	timestamp: DateTime.fromISO(localTime, { zone: now.zone }).toUTC().toISO(),
	category: 'Studio',
	actor: { id: '1', email: 'ada@example.com', type: 'user' },
	team: 'acme.example',
	...more,
});

describe('the mail of a week', () => {
	it('counts each event on its day, also when the clocks change', async () => {
		const { subject, text } = await writeMail([
			at('2026-03-29T23:59:59'),
			at('2026-03-29T00:00:00'),
			at('2026-03-28T23:59:59'),
			at('2026-03-23T00:00:00'),
			at('2026-03-22T23:59:59'),
			at('2026-03-16T00:00:00'),
		]);
		const days = text.split('\n').flatMap((line) => {
			const [, week, before, day] = /^ +(\d+) +\((\d+)\) {2}(\w{3} \d+ \w{3})$/.exec(line) ?? [];
			return day === undefined ? [] : [[day, Number(week), Number(before)]];
		});
		expect(subject).toBe('Celonis audit log, 23 March to 29 March 2026');
		expect(text).toContain('4 events last week, 2 in the week before');
		expect(days).toEqual([
			['Mon 23 Mar', 1, 1],
			['Tue 24 Mar', 0, 0],
			['Wed 25 Mar', 0, 0],
			['Thu 26 Mar', 0, 0],
			['Fri 27 Mar', 0, 0],
			['Sat 28 Mar', 1, 0],
			['Sun 29 Mar', 2, 1],
		]);
	});

	it('links to the team', async () => {
		const { html } = await writeMail([at('2026-03-25T12:00:00')]);
		expect(html.match(/<a [^>]*>/g)).toEqual(['<a href="https://acme.example/">']);
	});

	it('is sent of a quiet week too', async () => {
		const { html, text } = await writeMail();
		expect(html).not.toMatch(/undefined|null|NaN|Invalid/);
		expect(text).not.toMatch(/undefined|null|NaN|Invalid/);
		expect(text).toContain('0 events last week, none in the week before');
		expect(html).toContain('Nothing of medium severity or above.');
	});

	it('says that there is nothing to compare with, if the week before is empty', async () => {
		const { html, text } = await writeMail([at('2026-03-25T12:00:00')]);
		expect(html).toContain('23 March to 29 March 2026: no events in the week before');
		expect(text).toContain('1 event last week, none in the week before');
	});

	it('counts the noteworthy events that it does not show, in both forms', async () => {
		const severity = { level: 'high', reason: 'x' };
		const event = {
			'@timestamp': at('2026-03-25T12:00:00').timestamp,
			message: 'm',
			celonis: { severity },
		};
		const { html, text } = await writeMail([{}], new Array(15).fill(event) as IDataObject[]);
		expect(html).toContain('And 3 more.');
		expect(text).toContain('  and 3 more\n');
	});

	it('keeps a name on its line and in its direction, and cuts no character in half', async () => {
		const email = `\u202eb\u0000${'x'.repeat(296)}🎉 and more`;
		const { html, text } = await writeMail([
			at('2026-03-25T12:00:00', { actor: { id: '1', email, type: 'user' } }),
		]);
		for (const body of [html, text]) {
			expect(body).toContain(` b ${'x'.repeat(296)}…`);
		}
	});

	it('shows the text of every field as text, and keeps each on its line', async () => {
		const attack = `<img src=x onerror=alert(1)>"'&\r\nSubject: x${'x'.repeat(5000)}`;
		const event = at('2026-03-25T12:00:00', {
			category: attack,
			actor: { id: attack, email: attack, type: 'user' },
			team: attack,
		});
		const severity = { level: 'high', reason: attack };
		const noteworthy = [
			{ '@timestamp': event.timestamp, message: attack, celonis: { severity } },
			{ '@timestamp': event.timestamp, message: attack, celonis: { severity: { level: attack } } },
		] as IDataObject[];
		const { html, text, subject } = await writeMail([event], noteworthy);
		const found = [/<(img|script|a)\b/.test(html), /x{400}/.test(html + text)];
		expect([...found, /^Subject/m.test(text)]).toEqual([false, false, false]);
		expect(subject).toBe('Celonis audit log, 23 March to 29 March 2026');
		// The reason and the line of an event, its category and its actor.
		expect(html.split('&#60;img src=x onerror=alert(1)&#62;')).toHaveLength(5);
	});
});
