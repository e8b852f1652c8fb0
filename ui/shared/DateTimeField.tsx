import { CalendarDateTime } from "@internationalized/date";
import { type ComponentProps, use, useEffect, useMemo, useState } from "react";
import {
  DateField,
  DateFieldStateContext,
  DateInput,
  DateSegment,
  I18nProvider,
  Label,
  Text,
} from "react-aria-components";
import type { Timestamp } from "../generated/Timestamp";
import { useLanguage, useMessages } from "../i18n";
import { IconButton } from "./Button";
import "./field.css";
import "./dateTime.css";

type Segment = ComponentProps<typeof DateSegment>["segment"];

interface DateTimeFieldProps {
  label: string;
  /** In whole minutes; null: none is chosen. */
  at: Timestamp | null;
  hint?: string;
  /** It cannot be left empty. */
  isNeeded?: boolean;
  /** Only what is complete, or empty. */
  onChange: (at: Timestamp | null) => void;
  /** Parts of a date stand in it that are no date yet; what was chosen before still counts. */
  onUnfinished?: (isUnfinished: boolean) => void;
  testId?: string;
}

/**
 * A date and a time of this workstation, part by part: year, month, day, and the hours up to 23. The order is the one
 * that cannot be misread, `2026/11/26 02:00` and `2026-11-26 02:00`.
 */
export function DateTimeField(props: DateTimeFieldProps) {
  const { label, at, hint, isNeeded = false, onChange, onUnfinished, testId } = props;
  const { common } = useMessages();
  const isJapanese = useLanguage() === "ja";
  const [isUnfinished, setUnfinished] = useState(false);
  // Clearing takes away what is half entered, too.
  const [cleared, setCleared] = useState(0);
  const value = useMemo(() => (at === null ? null : wallTime(at)), [at]);
  const tell = (unfinished: boolean) => {
    setUnfinished(unfinished);
    onUnfinished?.(unfinished);
  };
  const clear = () => {
    setCleared(cleared + 1);
    onChange(null);
  };
  return (
    // English as in Sweden, which writes dates in the order of ISO 8601.
    <I18nProvider locale={isJapanese ? "ja-JP" : "en-SE"}>
      <DateField
        key={cleared}
        className="field"
        value={value}
        onChange={(chosen) => {
          if (chosen === null) onChange(null);
          else if (isWhole(chosen)) onChange(timestamp(chosen));
        }}
        granularity="minute"
        hourCycle={24}
        shouldForceLeadingZeros
        isRequired={isNeeded}
        isInvalid={isUnfinished}
        data-testid={testId}
      >
        <Label className="field-name">{label}</Label>
        <div className="input date-time">
          <DateInput className="date-time-parts">
            {(segment) => <DateSegment segment={withoutComma(segment)} className="date-time-part" />}
          </DateInput>
          {at === null && !isUnfinished ? (
            <span className="muted">{common.notSet}</span>
          ) : (
            !isNeeded && <IconButton icon="close" kind="quiet" label={common.clear} onClick={clear} />
          )}
        </div>
        <Watch onUnfinished={tell} />
        {isUnfinished && (
          <Text slot="errorMessage" className="field-error">
            {common.dateUnfinished}
          </Text>
        )}
        {hint && (
          <Text slot="description" className="field-hint">
            {hint}
          </Text>
        )}
      </DateField>
    </I18nProvider>
  );
}

/** Sees what stands in the parts, which is more than the value that they make. */
function Watch({ onUnfinished }: { onUnfinished: (isUnfinished: boolean) => void }) {
  const state = use(DateFieldStateContext);
  const parts = state?.segments.filter((segment) => segment.isEditable) ?? [];
  const empty = parts.filter((segment) => segment.isPlaceholder).length;
  const chosen = state?.value ?? null;
  const isUnfinished = empty > 0 ? empty < parts.length || chosen !== null : chosen === null || !isWhole(chosen);
  // biome-ignore lint/correctness/useExhaustiveDependencies: told once for each change, not for each rendering
  useEffect(() => onUnfinished(isUnfinished), [isUnfinished]);
  return null;
}

/** Between day and hour a blank is enough. */
function withoutComma(segment: Segment): Segment {
  return segment.type === "literal" ? { ...segment, text: segment.text.replace(",", "") } : segment;
}

/** A year of two digits is one that is still being typed. */
function isWhole({ year }: { year: number }): boolean {
  return year >= 2000;
}

/** As this workstation's clock shows it; its zone is the one that the clock has now. */
function wallTime(at: Timestamp): CalendarDateTime {
  const date = new Date(at);
  return new CalendarDateTime(
    date.getFullYear(),
    date.getMonth() + 1,
    date.getDate(),
    date.getHours(),
    date.getMinutes(),
  );
}

/** An hour that the clocks skip is read as the one after it. */
function timestamp({ year, month, day, hour, minute }: CalendarDateTime): Timestamp {
  return new Date(year, month - 1, day, hour, minute).getTime();
}
