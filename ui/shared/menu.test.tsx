import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test } from "vitest";
import { renderWith } from "../testing/render";
import { Dialog, Menu, MenuItem } from ".";

function Page({ hear }: { hear: (open: () => void) => void }) {
  const [isAsking, setAsking] = useState(false);
  hear(() => setAsking(true));
  return (
    <main>
      <h1>test</h1>
      <Menu label="menu" testId="menu">
        <MenuItem id="leave" text="leave" testId="leave" onAction={() => {}} />
      </Menu>
      {isAsking && (
        <Dialog title="question" testId="question" onClose={() => setAsking(false)}>
          <p>what</p>
        </Dialog>
      )}
    </main>
  );
}

test("a dialog that comes up while the menu is open closes it, and the menu opens again after the dialog", async () => {
  const user = userEvent.setup();
  let ask = () => {};
  await renderWith(
    <Page
      hear={(open) => {
        ask = open;
      }}
    />,
  );
  await user.click(screen.getByTestId("menu"));
  await screen.findByTestId("leave");
  ask();
  await screen.findByTestId("question");
  await waitFor(() => expect(screen.queryByTestId("leave")).toBeNull());
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByTestId("question")).toBeNull());
  await user.click(screen.getByTestId("menu"));
  expect(await screen.findByTestId("leave")).toBeTruthy();
});
