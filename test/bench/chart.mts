import { getBarsHeight, renderBars } from './bars.mts';
import { formatNumber } from './targets.mts';
import { DEFAULT_LATENCY_MS } from './plan.mts';
import type { Result, Results } from './results.mts';

const WIDTH = 820;
const HEIGHT = 480;
const PLOT = { left: 70, right: 530, top: 50, bottom: 420 };

/** Of medium lightness: readable on white and on black. */
const COLOURS = {
	celonis: '#d9480f',
	httpRequest: '#7950f2',
	bare: '#1c8a6e',
	bareInN8n: '#1f78b4',
	requiredWork: '#868e96',
};

/** One dash pattern per concurrency, so that lines differ without colours too. */
const DASHES: Readonly<Record<number, string>> = { 1: 'none', 4: '7 4', 8: '2 4' };

interface Line {
	readonly name: string;
	readonly colour: string;
	readonly dash: string;
	readonly points: ReadonlyArray<{ readonly events: number; readonly seconds: number }>;
}

/** How far bars reach at most: their texts stand beside them. */
const BARS_RIGHT = 600;

/**
 * Time against number of events at the usual latency, version 2, both axes logarithmic; below it, bars
 * of readings over TLS.
 */
export function renderChart({ readings, distant }: Results): string {
	const barsHeight = getBarsHeight(distant);
	const height = HEIGHT + barsHeight;
	const bars = renderBars(distant, { left: PLOT.left, right: BARS_RIGHT, top: HEIGHT });
	const lines = createLines(readings);
	const points = lines.flatMap((line) => line.points);
	const x = createAxis(
		points.map(({ events }) => events),
		PLOT.left,
		PLOT.right,
	);
	const y = createAxis(
		points.map(({ seconds }) => seconds),
		PLOT.bottom,
		PLOT.top,
	);
	const title = `Time to read a window, v2, ${DEFAULT_LATENCY_MS} ms latency`;
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${title}">
<style>
text { font: 13px system-ui, sans-serif; fill: #1f2328; }
.grid { stroke: #8c959f; stroke-opacity: 0.35; }
@media (prefers-color-scheme: dark) { text { fill: #e6edf3; } .paper { fill: #0d1117; } }
@media (prefers-color-scheme: light) { .paper { fill: #ffffff; } }
</style>
<rect class="paper" width="${WIDTH}" height="${height}" fill="#ffffff"/>
<text x="${PLOT.left}" y="28" font-weight="bold">${title}</text>
${x.ticks.map((tick) => renderVerticalTick(x.place(tick), formatNumber(tick))).join('\n')}
${y.ticks.map((tick) => renderHorizontalTick(y.place(tick), tick)).join('\n')}
<text x="${(PLOT.left + PLOT.right) / 2}" y="${PLOT.bottom + 45}" text-anchor="middle">events</text>
<text x="18" y="${(PLOT.top + PLOT.bottom) / 2}" text-anchor="middle" transform="rotate(-90 18 ${(PLOT.top + PLOT.bottom) / 2})">seconds</text>
${lines.map((line) => renderLine(line, x.place, y.place)).join('\n')}
${lines.map(renderLegend).join('\n')}
${barsHeight > 0 ? bars : ''}
</svg>
`;
}

function createLines(readings: readonly Result[]): Line[] {
	const usual = readings.filter(
		({ latencyMs, candidate }) => latencyMs === DEFAULT_LATENCY_MS && candidate.api === 'v2',
	);
	const lines = new Map<string, Result[]>();
	for (const result of usual) {
		const { kind, concurrency } = result.candidate;
		const key = `${kind} ${concurrency}`;
		lines.set(key, [...(lines.get(key) ?? []), result]);
	}
	return [...lines.values()].map((results) => {
		const { kind, concurrency } = results[0]!.candidate;
		const sizes = [...new Set(results.map(({ size }) => size))];
		return {
			name: NAMES[kind] + (kind === 'httpRequest' ? '' : `, concurrency ${concurrency}`),
			colour: COLOURS[kind],
			dash: DASHES[concurrency] ?? 'none',
			points: sizes.map((size) => {
				const ofSize = results.filter((result) => result.size === size);
				const fastest = ofSize.reduce((a, b) => (a.durationMs <= b.durationMs ? a : b));
				return { events: fastest.events, seconds: fastest.durationMs / 1000 };
			}),
		};
	});
}

const NAMES = {
	celonis: 'Celonis node',
	httpRequest: 'HTTP Request node',
	bare: 'best bare loop',
	bareInN8n: 'bare loop in n8n',
	requiredWork: 'the same, with items',
} as const;

function createAxis(values: readonly number[], start: number, end: number) {
	const lowest = Math.floor(Math.log10(Math.min(...values)) + 1e-6);
	const highest = Math.max(lowest + 1, Math.ceil(Math.log10(Math.max(...values)) - 1e-3));
	const position = (value: number) =>
		start + ((Math.log10(value) - lowest) / (highest - lowest)) * (end - start);
	const ticks = Array.from({ length: highest - lowest + 1 }, (_, i) => 10 ** (lowest + i));
	return { place: position, ticks };
}

function renderVerticalTick(x: number, text: string): string {
	return `<path class="grid" d="M${round(x)} ${PLOT.top}V${PLOT.bottom}"/><text x="${round(x)}" y="${PLOT.bottom + 20}" text-anchor="middle">${text}</text>`;
}

function renderHorizontalTick(y: number, tick: number): string {
	const text = tick < 1 ? String(Number(tick.toPrecision(1))) : formatNumber(tick);
	return `<path class="grid" d="M${PLOT.left} ${round(y)}H${PLOT.right}"/><text x="${PLOT.left - 8}" y="${round(y + 4)}" text-anchor="end">${text}</text>`;
}

function renderLine(
	{ colour, dash, points }: Line,
	x: (value: number) => number,
	y: (value: number) => number,
): string {
	const places = points.map(({ events, seconds }) => [round(x(events)), round(y(seconds))]);
	const path = places
		.map((position, index) => `${index === 0 ? 'M' : 'L'}${position.join(' ')}`)
		.join('');
	const dots = places.map(([cx, cy]) => `<circle cx="${cx}" cy="${cy}" r="3" fill="${colour}"/>`);
	return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="2" stroke-dasharray="${dash}"/>${dots.join('')}`;
}

function renderLegend({ name, colour, dash }: Line, index: number): string {
	const y = PLOT.top + 14 + index * 26;
	const x = PLOT.right + 24;
	return `<path d="M${x} ${y}h34" stroke="${colour}" stroke-width="2" stroke-dasharray="${dash}"/><text x="${x + 44}" y="${y + 4}">${name}</text>`;
}

function round(value: number): number {
	return Math.round(value * 10) / 10;
}
