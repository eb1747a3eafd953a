// Core compiles without Node and DOM types. These two globals exist in every place it runs;
// only the parts that core relies on are declared.
interface AbortSignal {
  readonly aborted: boolean;
}

interface ImportMeta {
  // Resolved by Vite at build time: one entry for each file that matches.
  glob<T>(pattern: string, options: { readonly eager: true; readonly import: string }): Record<string, T>;
}
