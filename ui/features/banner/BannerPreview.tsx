import { useState } from "react";
import type { Banner } from "../../generated/Banner";
import type { BannerPreview as Preview } from "../../generated/BannerPreview";
import type { Banners } from "../../generated/Banners";
import type { Language } from "../../generated/Language";
import { useLanguage, useMessages } from "../../i18n";
import { type BannerSite, bannerText } from "../../i18n/vocabulary";
import { Segmented } from "../../shared";
import { doubted, isUnderWay, knownValue, useLive } from "../../state";
import "./banner.css";

const cells: readonly { site: BannerSite; language: Language }[] = [
  { site: "ita", language: "ja" },
  { site: "ita", language: "en" },
  { site: "platform", language: "ja" },
  { site: "platform", language: "en" },
];

/** What users see on both kinds of screens in both languages: now, and after each switch. */
export function BannerPreview() {
  const { banner } = useMessages();
  const [when, setWhen] = useState<keyof Preview>("now");
  const banners = useBanners(when);
  // As the preview is made: a mode that is not known counts as off, so its switch leads to on.
  const jobStopAfter = useLive((live) => knownValue(live.modes.job_stop) !== true);
  const readOnlyAfter = useLive((live) => knownValue(live.modes.read_only) !== true);

  return (
    <section className="card banner-preview" aria-label={banner.title} data-testid="banner-preview">
      <header>
        <h2 className="card-title">{banner.title}</h2>
        <Segmented
          label={banner.when}
          value={when}
          options={[
            { value: "now", label: banner.now, testId: "banner-now" },
            { value: "after_job_stop", label: banner.afterJobStop(jobStopAfter), testId: "banner-after-job-stop" },
            { value: "after_read_only", label: banner.afterReadOnly(readOnlyAfter), testId: "banner-after-read-only" },
          ]}
          onChange={setWhen}
        />
      </header>
      <div className="banner-cells">
        {cells.map((cell) => (
          <Cell key={cell.site + cell.language} {...cell} banner={banners[cell.site]} />
        ))}
      </div>
      <p className="muted banner-note">{banner.note}</p>
    </section>
  );
}

/** The banners of a moment, no surer than the modes are. */
function useBanners(when: keyof Preview): Banners {
  const banners = useLive((live) => live.banners[when]);
  const suspect = useLive((live) => live.suspect);
  return doubted(banners, when, suspect);
}

/** What users of the screens of IT Automation see now, in one line that stays in sight while a procedure runs. */
export function BannerNow() {
  const { banner: words } = useMessages();
  const language = useLanguage();
  const phase = useLive((live) => live.procedure?.phase ?? "not_started");
  // Until a planned start comes users see nothing of it.
  const isRunning = isUnderWay(phase) && phase !== "scheduled";
  const { ita } = useBanners("now");
  if (!isRunning) return null;
  const text = bannerText("ita", ita, language);
  return (
    <section className="banner-line" aria-label={words.nowTitle} data-testid="banner-line" data-banner={ita}>
      <h2 className="muted">{words.nowTitle}</h2>
      {text !== null ? (
        <div className="screen-banner" title={text}>
          <WarningSign />
          <p>{text}</p>
        </div>
      ) : (
        <p className={ita === "unknown" ? "screen-none hatched" : "screen-none"}>
          {ita === "unknown" ? words.unknown : words.none}
        </p>
      )}
    </section>
  );
}

/** One screen, scaled down to 0.7 of the platform's own sizes (platform-contract §10). */
function Cell({ site, language, banner }: { site: BannerSite; language: Language; banner: Banner }) {
  const messages = useMessages().banner;
  const text = bannerText(site, banner, language);
  return (
    <figure className="screen" data-site={site} data-language={language} data-banner={banner}>
      <figcaption>{messages.cell[site][language]}</figcaption>
      {text !== null ? (
        <div className="screen-banner" lang={language}>
          <WarningSign />
          <p>{text}</p>
        </div>
      ) : (
        <p className={banner === "unknown" ? "screen-none hatched" : "screen-none"}>
          {banner === "unknown" ? messages.unknown : messages.none}
        </p>
      )}
    </figure>
  );
}

function WarningSign() {
  return (
    <svg className="screen-sign" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d="M12 2 1 21h22zm1 16h-2v-2h2zm0-4h-2v-4h2z" />
    </svg>
  );
}
