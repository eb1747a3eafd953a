// What the command line shows of the configuration: every template, those of the user's own, and what programs say.

export interface TemplateView {
  // Path below resources/templates, and below the user's folder.
  readonly template: string;
  readonly service: string;
  // Where the service finds it in its container.
  readonly path: string;
  // 'own': the app's; 'in-use' and 'ignored' are the user's.
  readonly state: 'own' | 'in-use' | 'ignored';
  // Why it is ignored.
  readonly problem?: string;
}

export interface ConfigurationView {
  readonly folder: string;
  readonly templates: readonly TemplateView[];
  // In the folder, and of no use.
  readonly strays: readonly { readonly path: string; readonly problem: string }[];
}

export interface ServiceCheck {
  readonly service: string;
  readonly result: 'accepted' | 'refused' | 'unchecked';
  // The program's words, or why it was not asked; '' when there is nothing to say.
  readonly words: string;
  // Templates of the user's own that were looked at.
  readonly overrides: readonly string[];
  readonly milliseconds?: number;
}
