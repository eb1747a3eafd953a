// Which page is shown, and which services the logs page was asked for.
import type { Page } from '../../electron/contract/contract.ts';
import { listen } from '../bridge.ts';
import { createStore } from './store.ts';

export interface Place {
  readonly page: Page;
  // Undefined until somebody chose: then the logs page takes all services.
  readonly logServices?: readonly string[];
}

export const placeStore = createStore<Place>({ page: 'services' });

export function navigate(page: Page, service?: string): void {
  const place = placeStore.get();
  placeStore.set(service === undefined ? { ...place, page } : { page, logServices: [service] });
}

export function chooseLogServices(logServices: readonly string[]): void {
  placeStore.set({ ...placeStore.get(), logServices });
}

export function connectNavigation(): void {
  listen('navigate', ({ page, service }) => navigate(page, service));
}
