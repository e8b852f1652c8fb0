import { useEffect, useMemo, useState } from "react";
import { Button, Dialog, DialogTrigger, ListBox, ListBoxItem, Popover } from "react-aria-components";
import type { Facets } from "../../generated/Facets";
import type { FacetValue } from "../../generated/FacetValue";
import { useFormat, useLanguage, useMessages } from "../../i18n";
import { backyardName, statusName } from "../../i18n/vocabulary";
import { Icon, Button as PlainButton, PlainText, titleText, visibleText } from "../../shared";
import { useBackend, useLive } from "../../state";
import "./facets.css";

export type FacetName = keyof Facets;

const MOST_SHOWN = 100;
const SEARCH_FROM = 9;

interface FacetMenuProps {
  facet: FacetName;
  chosen: readonly string[];
  onChoose: (values: string[]) => void;
}

/** A button that opens the values of one column with their numbers of rows, to choose any of them. */
export function FacetMenu({ facet, chosen, onChoose }: FacetMenuProps) {
  const { jobs } = useMessages();
  const label = jobs.facets[facet];
  return (
    <DialogTrigger>
      <Button
        className={`facet${chosen.length > 0 ? " facet-on" : ""}`}
        aria-label={
          chosen.length > 0 ? jobs.facetChosen(jobs.facetNames[facet], chosen.length) : jobs.facetNames[facet]
        }
        data-testid={`jobs-facet-${facet}`}
      >
        {chosen.length > 0 ? jobs.facetChosen(label, chosen.length) : label}
      </Button>
      <Popover className="menu-popover facet-popover" placement="bottom end" offset={4}>
        <Dialog className="facet-dialog" aria-label={jobs.facetNames[facet]}>
          <FacetChoice facet={facet} chosen={chosen} onChoose={onChoose} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function useFacetValues(facet: FacetName): readonly FacetValue[] | null {
  const backend = useBackend();
  const language = useLanguage();
  const revision = useLive((live) => live.revision);
  const [values, setValues] = useState<readonly FacetValue[] | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new revision has new values
  useEffect(() => {
    let isCurrent = true;
    backend.call("job_facets", { language }).then(
      (facets) => isCurrent && setValues(facets[facet]),
      () => isCurrent && setValues([]),
    );
    return () => {
      isCurrent = false;
    };
  }, [backend, facet, language, revision]);
  return values;
}

interface FacetOption extends FacetValue {
  name: string;
}

/** What can be chosen, by its name and by what was typed to find it; null while it is not known. */
function useFacetOptions(facet: FacetName, chosen: readonly string[], search: string) {
  const language = useLanguage();
  const values = useFacetValues(facet);
  return useMemo(() => {
    if (!values) return null;
    const listed = new Set(values.map(({ value }) => value));
    // What is chosen stays choosable when its last row has gone.
    const gone = chosen.filter((value) => !listed.has(value)).map((value) => ({ value, rows: 0 }));
    const folded = (text: string) => text.normalize("NFKC").toLowerCase();
    const found = [...gone, ...values]
      .map((value): FacetOption => ({ ...value, name: facetName(facet, value.value, language) }))
      .filter(({ name, value }) => folded(`${name} ${value}`).includes(folded(search)));
    return { found, total: values.length };
  }, [values, chosen, facet, language, search]);
}

function FacetChoice({ facet, chosen, onChoose }: FacetMenuProps) {
  const { jobs } = useMessages();
  const [search, setSearch] = useState("");
  const options = useFacetOptions(facet, chosen, search);
  if (!options) return <p className="facet-note muted">{jobs.loadingRow}</p>;
  const { found, total } = options;
  return (
    <>
      {(total >= SEARCH_FROM || search !== "") && (
        <input
          type="search"
          className="input facet-search"
          aria-label={jobs.facetSearch}
          placeholder={jobs.facetSearch}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      )}
      <ListBox
        className="facet-list"
        aria-label={jobs.facetNames[facet]}
        selectionMode="multiple"
        escapeKeyBehavior="none"
        selectedKeys={chosen}
        onSelectionChange={(keys) => onChoose(keys === "all" ? found.map(({ value }) => value) : [...keys].map(String))}
        renderEmptyState={() => <p className="facet-note muted">{jobs.facetNothing}</p>}
      >
        {found.slice(0, MOST_SHOWN).map((option) => (
          <FacetItem key={option.value} id={option.value} option={option} />
        ))}
      </ListBox>
      {found.length > MOST_SHOWN && <p className="facet-note muted">{jobs.facetMore(found.length - MOST_SHOWN)}</p>}
      {chosen.length > 0 && (
        <footer className="facet-foot">
          <PlainButton kind="quiet" onClick={() => onChoose([])}>
            {jobs.facetReset}
          </PlainButton>
        </footer>
      )}
    </>
  );
}

/** A value with how many rows have it. The list knows it by its `id`. */
function FacetItem({ id, option: { name, rows } }: { id: string; option: FacetOption }) {
  const { jobs } = useMessages();
  const format = useFormat();
  return (
    <ListBoxItem
      id={id}
      className="facet-item"
      textValue={visibleText(name)}
      aria-label={jobs.facetOption(titleText(name), rows)}
    >
      <span className="facet-check">
        <Icon name="check" />
      </span>
      <span className="facet-text">
        <PlainText text={name} />
      </span>
      <span className="muted small" title={jobs.facetRows(rows)}>
        {format.number(rows)}
      </span>
    </ListBoxItem>
  );
}

type Language = ReturnType<typeof useLanguage>;

/** `container/status_id` reads as the status and where it has that meaning. */
function facetName(facet: FacetName, value: string, language: Language): string {
  if (facet === "backyards") return backyardName(value, language);
  if (facet !== "statuses") return value;
  const slash = value.indexOf("/");
  const container = value.slice(0, slash);
  const id = value.slice(slash + 1);
  return `${statusName(container, id, language) ?? id} — ${backyardName(container, language)}`;
}
