// Which page is shown, and what of it was asked for.
import type { HostSection, Page } from '../../electron/contract/contract.ts';
import { listen } from '../bridge.ts';
import { createStore } from './store.ts';

export interface Place {
  readonly page: Page;
  // Of the Host page: to be brought into sight. Forgotten once it was.
  readonly section?: HostSection;
  // Undefined until somebody chose: then the logs page takes all services.
  readonly logServices?: readonly string[];
}

export const placeStore = createStore<Place>({ page: 'services' });

export function navigate(
  page: Page,
  { service, section }: { readonly service?: string | undefined; readonly section?: HostSection | undefined } = {},
): void {
  const { logServices } = placeStore.get();
  const services = service === undefined ? logServices : [service];
  placeStore.set({
    page,
    ...(section === undefined ? {} : { section }),
    ...(services === undefined ? {} : { logServices: services }),
  });
}

export function sectionShown(): void {
  const { section: _, ...place } = placeStore.get();
  placeStore.set(place);
}

export function chooseLogServices(logServices: readonly string[]): void {
  placeStore.set({ ...placeStore.get(), logServices });
}

export function connectNavigation(): void {
  listen('navigate', ({ page, service, section }) => navigate(page, { service, section }));
}
