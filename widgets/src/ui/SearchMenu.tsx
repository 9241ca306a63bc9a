/** A list to choose from by typing a part of what one looks for. */
import type { ReactNode } from "react";
import { Autocomplete, Input, Menu, type MenuProps, SearchField, useFilter } from "react-aria-components";
import { Icon } from "./Icon";

interface SearchMenuProps<T extends object> extends Pick<
  MenuProps<T>,
  "items" | "disabledKeys" | "onAction" | "shouldCloseOnSelect" | "children"
> {
  /** The list, and its search, for a screen reader. */
  label: string;
  searchLabel: string;
  placeholder: string;
  /** Shown when nothing is left. */
  empty: ReactNode;
  /** Each word may stand anywhere, in any order; otherwise what was typed is looked for as it is. */
  byWords?: boolean;
}

export function SearchMenu<T extends object>({
  label,
  searchLabel,
  placeholder,
  empty,
  byWords = false,
  ...menu
}: SearchMenuProps<T>) {
  const { contains } = useFilter({ sensitivity: "base" });
  const filter = byWords
    ? (text: string, input: string) => input.split(/\s+/).every((word) => contains(text, word))
    : contains;
  return (
    <Autocomplete filter={filter}>
      <SearchField aria-label={searchLabel} autoFocus className="dr-field">
        <Icon name="search" />
        <Input placeholder={placeholder} />
      </SearchField>
      {/* Focus stays in the search field, so a list that scrolls needs a stop of its own for the keyboard. */}
      <div className="dr-menu-scroll" tabIndex={0}>
        <Menu
          aria-label={label}
          className="dr-menu"
          renderEmptyState={() => <p className="dr-menu-empty">{empty}</p>}
          {...menu}
        />
      </div>
    </Autocomplete>
  );
}
