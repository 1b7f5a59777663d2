import type { Result } from './results.mts';
import { formatNumber } from './targets.mts';

/** Who is shown, by the IDs of candidates. */
const ROWS = [
	{ id: 'http-request', name: 'HTTP Request node', colour: '#7950f2' },
	{ id: 'celonis-v2-8', name: 'Celonis node, default', colour: '#d9480f' },
] as const;

const BAR_HEIGHT = 16;
const GROUP_GAP = 14;
const TITLE_HEIGHT = 44;

/** Where bars are drawn. */
interface Place {
	readonly left: number;
	readonly right: number;
	readonly top: number;
}

/** How high the bars of these readings are with their title; 0 without readings. */
export function getBarsHeight(distant: readonly Result[]): number {
	const groups = listRoundTrips(distant).length;
	return groups === 0 ? 0 : TITLE_HEIGHT + groups * (ROWS.length * BAR_HEIGHT + GROUP_GAP);
}

/** Bars of the seconds that readings over TLS take, in groups by round trip. */
export function renderBars(distant: readonly Result[], { left, right, top }: Place): string {
	const shown = distant.filter(({ candidate }) => ROWS.some(({ id }) => id === candidate.id));
	const longestMs = Math.max(...shown.map(({ durationMs }) => durationMs));
	const groups = listRoundTrips(distant).map((roundTripMs, group) => {
		const y = top + TITLE_HEIGHT + group * (ROWS.length * BAR_HEIGHT + GROUP_GAP);
		const bars = ROWS.map(({ id, name, colour }, row) => {
			const result = shown.find(
				(each) => each.roundTripMs === roundTripMs && each.candidate.id === id,
			);
			if (!result) return '';
			const width = Math.round(((right - left) * result.durationMs) / longestMs);
			const barY = y + row * BAR_HEIGHT;
			const text = `${(result.durationMs / 1000).toFixed(1)} s, ${name}`;
			return `<rect x="${left}" y="${barY}" width="${width}" height="${BAR_HEIGHT - 3}" fill="${colour}"/><text x="${left + width + 8}" y="${barY + BAR_HEIGHT - 5}">${text}</text>`;
		});
		return `<text x="${left - 8}" y="${y + BAR_HEIGHT + 3}" text-anchor="end">${roundTripMs} ms</text>${bars.join('')}`;
	});
	const title = `The same over TLS, ${formatNumber(distant[0]?.size ?? 0)} events, by the time to the team and back`;
	return [`<text x="${left}" y="${top + 18}" font-weight="bold">${title}</text>`, ...groups].join(
		'\n',
	);
}

function listRoundTrips(distant: readonly Result[]): number[] {
	return [...new Set(distant.flatMap(({ roundTripMs }) => roundTripMs ?? []))];
}
