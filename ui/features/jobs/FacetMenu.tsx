import { useEffect, useMemo, useState } from "react";
import { Button, Dialog, DialogTrigger, ListBox, ListBoxItem, Popover } from "react-aria-components";
import type { Facets } from "../../generated/Facets";
import type { FacetValue } from "../../generated/FacetValue";
import type { StatusKey } from "../../generated/StatusKey";
import type { WorkspaceKey } from "../../generated/WorkspaceKey";
import { useFormat, useLanguage, useMessages } from "../../i18n";
import { backyardName, statusName } from "../../i18n/vocabulary";
import { Icon, Button as PlainButton, PlainText, titleText, visibleText } from "../../shared";
import { useBackend, useLive } from "../../state";
import "./facets.css";

export type FacetName = keyof Facets;
/** A value of any of the four. */
export type FacetChoice = string | WorkspaceKey | StatusKey;

const MOST_SHOWN = 100;
const SEARCH_FROM = 9;

interface FacetMenuProps {
  facet: FacetName;
  chosen: readonly FacetChoice[];
  onChoose: (values: FacetChoice[]) => void;
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
          <FacetValues facet={facet} chosen={chosen} onChoose={onChoose} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function useFacetValues(facet: FacetName): readonly FacetValue<FacetChoice>[] | null {
  const backend = useBackend();
  const language = useLanguage();
  const revision = useLive((live) => live.revision);
  const [values, setValues] = useState<readonly FacetValue<FacetChoice>[] | null>(null);
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

interface FacetOption extends FacetValue<FacetChoice> {
  key: string;
  name: string;
}

/** What can be chosen, by its name and by what was typed to find it; null while it is not known. */
function useFacetOptions(facet: FacetName, chosen: readonly FacetChoice[], search: string) {
  const language = useLanguage();
  const values = useFacetValues(facet);
  return useMemo(() => {
    if (!values) return null;
    const listed = new Set(values.map(({ value }) => facetKey(value)));
    // What is chosen stays choosable when its last row has gone.
    const gone = chosen.filter((value) => !listed.has(facetKey(value))).map((value) => ({ value, rows: 0 }));
    const folded = (text: string) => text.normalize("NFKC").toLowerCase();
    const found = [...gone, ...values]
      .map(
        ({ value, rows }): FacetOption => ({
          key: facetKey(value),
          value,
          rows,
          name: facetName(facet, value, language),
        }),
      )
      .filter(({ name, value }) => folded([name, ...parts(value)].join(" ")).includes(folded(search)));
    return { found, total: values.length };
  }, [values, chosen, facet, language, search]);
}

function FacetValues({ facet, chosen, onChoose }: FacetMenuProps) {
  const { jobs } = useMessages();
  const [search, setSearch] = useState("");
  const options = useFacetOptions(facet, chosen, search);
  if (!options) return <p className="facet-note muted">{jobs.loadingRow}</p>;
  const { found, total } = options;
  // What the search hides stays chosen.
  const choose = (keys: "all" | ReadonlySet<unknown>) => {
    const known = new Map([...chosen, ...found.map(({ value }) => value)].map((value) => [facetKey(value), value]));
    const wanted = keys === "all" ? found.map(({ key }) => key) : [...keys].map(String);
    onChoose(wanted.flatMap((key) => known.get(key) ?? []));
  };
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
        selectedKeys={chosen.map(facetKey)}
        onSelectionChange={choose}
        renderEmptyState={() => <p className="facet-note muted">{jobs.facetNothing}</p>}
      >
        {found.slice(0, MOST_SHOWN).map((option) => (
          <FacetItem key={option.key} id={option.key} option={option} />
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

/** The texts of a value, from the outer to the inner. */
function parts(value: FacetChoice): readonly string[] {
  if (typeof value === "string") return [value];
  return "backyard" in value ? [value.backyard, value.status_id] : [value.organization_id, value.workspace_id];
}

/** The same for the same value, and for no other. */
function facetKey(value: FacetChoice): string {
  return JSON.stringify(parts(value));
}

/** A status reads as its word and where it has that meaning. */
function facetName(facet: FacetName, value: FacetChoice, language: Language): string {
  if (typeof value === "string") return facet === "backyards" ? backyardName(value, language) : value;
  if ("workspace_id" in value) return parts(value).join("/");
  const { backyard, status_id } = value;
  return `${statusName(backyard, status_id, language) ?? status_id} — ${backyardName(backyard, language)}`;
}
