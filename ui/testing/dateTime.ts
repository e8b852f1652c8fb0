import { within } from "@testing-library/react";
import type { UserEvent } from "@testing-library/user-event";

/** Types digits into a date-and-time field from its first part on; each full part leads to the next. */
export async function typeDateTime(user: UserEvent, field: HTMLElement, digits: string): Promise<void> {
  const [first] = within(field).getAllByRole("spinbutton");
  if (!first) throw new Error("no parts");
  await user.click(first);
  await user.keyboard(digits);
}
