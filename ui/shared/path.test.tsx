import { render } from "@testing-library/react";
import { expect, test } from "vitest";
import { PathText } from ".";

test.each([
  ["/home/ops/ita_jobs_list.csv", ["/", "home/", "ops/", "ita_", "jobs_", "list.csv"]],
  ["C:\\Users\\ops\\list.csv", ["C:\\", "Users\\", "ops\\", "list.csv"]],
])("%s may break between its parts, and is copied as it is", (path, parts) => {
  const { container } = render(<PathText path={path} />);
  expect(container.textContent).toBe(path);
  expect([...container.querySelectorAll(".path > span")].map((part) => part.textContent)).toEqual(parts);
});

test("nothing in a path turns the direction of what follows", () => {
  expect(render(<PathText path={"/tmp/\u202Egnp"} />).container.textContent).toBe("/tmp/⟨U+202E⟩gnp");
});
