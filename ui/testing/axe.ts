import axe from "axe-core";

/** What axe finds wrong below the document. Colours need a layout engine and are checked by eye and by `contrast.test.ts`. */
export async function violations(): Promise<string[]> {
  const found = await axe.run(document, { rules: { "color-contrast": { enabled: false } } });
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`);
}
