import "./icons.css";

/** Outlines on a 24 by 24 field. Icons are decoration: the text beside them, or the button's label, says it. */
const outlines = {
  alert: ["M12 3 2.5 20h19z", "M12 10v4M12 17h.01"],
  check: ["m5 12 5 5 9-11"],
  "chevron-down": ["m6 9 6 6 6-6"],
  "chevron-up": ["m6 15 6-6 6 6"],
  clock: ["M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18", "M12 7v5l3 2"],
  close: ["m6 6 12 12M18 6 6 18"],
  cap: ["M2 9.5 12 5l10 4.5L12 14z", "M6 12v4c3 3 9 3 12 0v-4"],
  code: ["m8 7-5 5 5 5M16 7l5 5-5 5"],
  copy: ["M9 9h11v11H9z", "M5 15H4V4h11v1"],
  database: ["M4 6c0-4 16-4 16 0v12c0 4-16 4-16 0zM4 6c0 4 16 4 16 0M4 12c0 4 16 4 16 0"],
  download: ["M12 4v11M7 11l5 5 5-5M5 20h14"],
  edit: ["M4 20h4L19 9l-4-4L4 16z", "m13 7 4 4"],
  eye: ["M2 12c3-5 6-7 10-7s7 2 10 7c-3 5-6 7-10 7s-7-2-10-7", "M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6"],
  "eye-off": ["M2 12c3-5 6-7 10-7s7 2 10 7c-3 5-6 7-10 7s-7-2-10-7", "M4 4l16 16"],
  filter: ["M3 5h18l-7 8v6l-4 2v-8z"],
  flask: ["M9 3h6M10 3v6L4.5 19a1.5 1.5 0 0 0 1.3 2h12.4a1.5 1.5 0 0 0 1.3-2L14 9V3", "M7.5 15h9"],
  info: ["M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18", "M12 11v5M12 8h.01"],
  key: ["M8 11a4 4 0 1 0 0 8 4 4 0 0 0 0-8", "m11 12 9-9M16 7l3 3"],
  "lock-closed": ["M5 11h14v9H5z", "M8 11V7a4 4 0 0 1 8 0v4"],
  "lock-open": ["M5 11h14v9H5z", "M8 11V7a4 4 0 0 1 7.5-2"],
  minus: ["M6 12h12"],
  pause: ["M8 5v14M16 5v14"],
  pin: ["M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18", "m8.5 12 2.5 2.5 4.5-5"],
  plug: ["M9 3v5M15 3v5M6 8h12v3a6 6 0 0 1-12 0zM12 17v4"],
  plus: ["M12 5v14M5 12h14"],
  question: ["M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18", "M9.5 9.2a2.6 2.6 0 1 1 3.6 2.6c-.8.4-1.1.9-1.1 1.7M12 17h.01"],
  refresh: ["M20 12a8 8 0 1 1-2.3-5.6L20 8", "M20 3v5h-5"],
  search: ["M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14", "m20 20-3.5-3.5"],
  settings: [
    "M9.9 5.1L10.3 2.6L13.7 2.6L14.1 5.1L15.4 5.6L17.5 4.1L19.9 6.5L18.4 8.6L18.9 9.9L21.4 10.3L21.4 13.7L18.9 14.1L18.4 15.4L19.9 17.5L17.5 19.9L15.4 18.4L14.1 18.9L13.7 21.4L10.3 21.4L9.9 18.9L8.6 18.4L6.5 19.9L4.1 17.5L5.6 15.4L5.1 14.1L2.6 13.7L2.6 10.3L5.1 9.9L5.6 8.6L4.1 6.5L6.5 4.1L8.6 5.6z",
    "M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6",
  ],
  stop: ["M7 7h10v10H7z"],
  shield: ["M12 3 5 6v5c0 5 3 8 7 10 4-2 7-5 7-10V6z"],
  trash: ["M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13"],
  upload: ["M12 15V4M7 8l5-5 5 5M5 20h14"],
  unplug: ["M9 3v5M15 3v5M6 8h12v3a6 6 0 0 1-12 0zM12 17v4", "M3 3l18 18"],
} as const satisfies Record<string, readonly string[]>;

export type IconName = keyof typeof outlines;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {outlines[name].map((outline) => (
        <path key={outline} d={outline} />
      ))}
    </svg>
  );
}
