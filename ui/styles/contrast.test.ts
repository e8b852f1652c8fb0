import { expect, test } from "vitest";
import tokens from "./tokens.css?raw";

type Theme = Record<string, string>;

function theme(selector: string): Theme {
  const block = tokens.split(selector)[1]?.split("}")[0] ?? "";
  return Object.fromEntries([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map((match) => [match[1], match[2]]));
}

const light = theme(":root {");
const dark = { ...light, ...theme(':root[data-theme="dark"] {') };

function luminance(color: string): number {
  const channels = [1, 3, 5].map((start) => Number.parseInt(color.slice(start, start + 2), 16) / 255);
  const [r = 0, g = 0, b = 0] = channels.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

const texts: readonly [text: string, ground: string][] = [
  ...["panel", "sunken", "bg"].flatMap((ground): [string, string][] => [
    ["ink", ground],
    ["ink-2", ground],
    ["ink-3", ground],
  ]),
  ["accent", "panel"],
  ["accent", "accent-soft"],
  ["accent-ink", "accent"],
  ["bad-ink", "bad"],
  ...["ok", "warn", "bad", "unknown"].flatMap((tone): [string, string][] => [
    [tone, "panel"],
    [tone, `${tone}-soft`],
    ["ink-2", `${tone}-soft`],
  ]),
  ...["production", "staging", "development", "practice"].map((name): [string, string] => [
    `env-${name}`,
    `env-${name}-soft`,
  ]),
];

const shapes: readonly [shape: string, ground: string][] = [
  ["line-control", "panel"],
  ["warn-fill", "panel"],
  ["unknown", "panel"],
];

test.each([
  ["light", light],
  ["dark", dark],
])("%s texts reach 4.5 : 1, shapes 3 : 1 (WCAG AA)", (_name, colors) => {
  const weak = (pairs: readonly [string, string][], bar: number) =>
    pairs
      .map(([front, ground]) => ({ front, ground, ratio: contrast(colors[front] ?? "", colors[ground] ?? "") }))
      .filter(({ ratio }) => !(ratio >= bar));
  expect(weak(texts, 4.5)).toEqual([]);
  expect(weak(shapes, 3)).toEqual([]);
});
