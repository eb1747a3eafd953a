// Which language's way of writing dates and numbers the window follows.
import { createStore } from '../stores/store.ts';

// As in the settings: 'system', or a language tag such as 'de-DE'.
export const localeStore = createStore('system');

// Formatters cost far more to make than to use.
const made = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

export function chooseLocale(choice: string): void {
  if (choice === localeStore.get()) return;
  made.clear();
  localeStore.set(choice);
}

// A language tag; undefined where the browser names none: then it is the formatter's own default.
export function localeOf(choice: string): string | undefined {
  return choice === 'system' ? globalThis.navigator?.language : choice;
}

export function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return formatter(`number ${JSON.stringify(options)}`, (locale) => new Intl.NumberFormat(locale, options));
}

export function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return formatter(`date ${JSON.stringify(options)}`, (locale) => new Intl.DateTimeFormat(locale, options));
}

function formatter<Formatter extends Intl.NumberFormat | Intl.DateTimeFormat>(
  key: string,
  make: (locale: string | undefined) => Formatter,
): Formatter {
  const known = made.get(key);
  if (known !== undefined) return known as Formatter;
  const fresh = make(localeOf(localeStore.get()));
  made.set(key, fresh);
  return fresh;
}
