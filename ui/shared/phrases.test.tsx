import { render } from "@testing-library/react";
import { expect, test } from "vitest";
import { Phrases } from ".";

test("a sentence may break behind its phrases, and stays the same text", () => {
  const text = "ジョブ停止は ON のまま、解除してください。確かめてください。";
  const { container } = render(<Phrases text={text} />);
  expect(container.textContent).toBe(text);
  const parts = [...(container.firstElementChild?.childNodes ?? [])].map((node) => node.textContent || node.nodeName);
  expect(parts).toEqual(["ジョブ停止は ON のまま、", "WBR", "解除してください。", "WBR", "確かめてください。"]);
});
