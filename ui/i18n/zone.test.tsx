import { act, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { I18nProvider, useFormat } from ".";

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const at = Date.UTC(2026, 10, 25, 22, 10, 29);

function Moment() {
  return <p data-testid="moment">{useFormat().dateTime(at)}</p>;
}

test("times follow the workstation when its zone changes, and the title stays what it was", () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  let timeZone = "Asia/Tokyo";
  const options = Intl.DateTimeFormat.prototype.resolvedOptions;
  vi.spyOn(Intl.DateTimeFormat.prototype, "resolvedOptions").mockImplementation(function (this: Intl.DateTimeFormat) {
    return { ...options.call(this), timeZone };
  });
  render(
    <I18nProvider language="ja">
      <Moment />
    </I18nProvider>,
  );
  expect(screen.getByTestId("moment").textContent).toBe("11/26 07:10:29");
  document.title = "本番";
  timeZone = "America/New_York";
  act(() => vi.advanceTimersByTime(1000));
  expect(screen.getByTestId("moment").textContent).toBe("11/25 17:10:29");
  expect(document.title).toBe("本番");
});
