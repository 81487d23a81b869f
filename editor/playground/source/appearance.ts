import { element } from "./elements.js";
import { type Theme, useTheme } from "./editor/themes.js";
import { remember, remembered } from "./storage.js";
import { preferredLanguage, type Words } from "./words.js";

/** Light or dark: as the system has it until the button chooses. */
export function setUpTheme(words: Words): { readonly tell: () => void } {
  const button = element("theme", HTMLButtonElement);
  const system = matchMedia("(prefers-color-scheme: dark)");
  let chosen = remembered("theme");
  const theme = (): Theme => (chosen === "light" || chosen === "dark" ? chosen : system.matches ? "dark" : "light");
  const other = (): Theme => (theme() === "dark" ? "light" : "dark");
  const tell = (): void => {
    button.textContent = words.of(other());
  };
  const apply = (): void => {
    document.documentElement.style.colorScheme = theme();
    useTheme(theme());
    tell();
  };
  button.addEventListener("click", () => {
    chosen = other();
    remember("theme", chosen);
    apply();
  });
  system.addEventListener("change", apply);
  apply();
  return { tell };
}

/** English or Chinese: as the browser asks until the list chooses. @param onChange is called after each choice. */
export function setUpLanguage(words: Words, onChange: () => void): void {
  const select = element("language", HTMLSelectElement);
  const known = remembered("language");
  const use = (language: string): void => {
    words.use(language === "zh" ? "zh" : "en");
    select.value = words.language;
    onChange();
  };
  select.addEventListener("change", () => {
    remember("language", select.value);
    use(select.value);
  });
  use(known ?? preferredLanguage());
}
