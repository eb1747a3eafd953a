// Which page is shown, and what of it was asked for.
import type { Destination, HostSection, Page } from '../../electron/contract/contract.ts';
import { listen } from '../bridge.ts';
import { createStore } from './store.ts';

export interface Place {
  readonly page: Page;
  // Of the Host page: to be brought into sight. Forgotten once it was.
  readonly section?: HostSection;
  // Undefined until somebody chose: then the logs page takes all services.
  readonly logServices?: readonly string[];
  // Of the logs page: milliseconds since 1970, the lines around that moment; undefined: those that come.
  readonly logMoment?: number;
}

export const placeStore = createStore<Place>({ page: 'services' });

type Within = { readonly [Key in Exclude<keyof Destination, 'page'>]?: Destination[Key] | undefined };

export function navigate(page: Page, { service, section, at }: Within = {}): void {
  const { logServices, logMoment } = placeStore.get();
  const services = service === undefined ? logServices : [service];
  // Whoever asks for a service's lines without a moment wants those of now.
  const moment = service === undefined ? (at ?? logMoment) : at;
  placeStore.set({
    page,
    ...(section === undefined ? {} : { section }),
    ...(services === undefined ? {} : { logServices: services }),
    ...(moment === undefined ? {} : { logMoment: moment }),
  });
}

export function sectionShown(): void {
  const { section: _, ...place } = placeStore.get();
  placeStore.set(place);
}

export function chooseLogServices(logServices: readonly string[]): void {
  placeStore.set({ ...placeStore.get(), logServices });
}

// undefined: back to the lines that come.
export function chooseLogMoment(moment: number | undefined): void {
  const { logMoment: _, ...place } = placeStore.get();
  placeStore.set(moment === undefined ? place : { ...place, logMoment: moment });
}

export function connectNavigation(): void {
  listen('navigate', ({ page, ...rest }) => navigate(page, rest));
}
